package io.onedump.dump.mysql;

import java.io.IOException;
import java.io.OutputStream;

import io.onedump.database.mysql.Payload;
import io.onedump.database.mysql.RowStream;
import io.onedump.dump.format.Xxh64;

/** A row that comes in several parts: written value by value as it comes, with no more memory than a part. */
final class LargeRow {

    private static final int LONGEST_HEAD = 9;

    private final RowStream rows;
    private final RowEncoder encoder;
    private final OutputStream sql;
    private final Xxh64 hash = new Xxh64();
    private final byte[] out = new byte[128 * 1024];
    private final byte[] head = new byte[LONGEST_HEAD];
    private int at;

    private LargeRow(RowStream rows, RowEncoder encoder, OutputStream sql) {
        this.rows = rows;
        this.encoder = encoder;
        this.sql = sql;
    }

    /** @return the hash of its bytes */
    static long write(RowStream rows, RowEncoder encoder, OutputStream sql) throws IOException {
        LargeRow row = new LargeRow(rows, encoder, sql);
        row.part();
        row.write();
        return row.hash.value();
    }

    private void part() {
        hash.update(rows.buffer(), rows.offset(), rows.limit() - rows.offset());
        at = rows.offset();
    }

    private byte next() throws IOException {
        while (at == rows.limit()) {
            rows.more();
            part();
        }
        return rows.buffer()[at++];
    }

    private void write() throws IOException {
        sql.write('(');
        for (int i = 0; i < encoder.columns(); i++) {
            if (i > 0) {
                sql.write(',');
            }
            head[0] = next();
            if (head[0] == RowEncoder.NULL) {
                sql.write("NULL".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                continue;
            }
            for (int more = 1; more < Payload.lengthSize(head[0]); more++) {
                head[more] = next();
            }
            value(encoder.kind(i), Payload.lengthAt(head, 0));
        }
        sql.write(')');
        // An empty packet may end a payload that fills its packets.
        while (at == rows.limit() && !rows.last()) {
            rows.more();
            part();
        }
        if (at != rows.limit()) {
            throw new IOException("the server sent a row that is longer than its values");
        }
    }

    private void value(ColumnKind kind, long length) throws IOException {
        boolean hex = kind == ColumnKind.HEX || kind == ColumnKind.FOREIGN_TEXT;
        boolean quoted = kind != ColumnKind.NUMBER && kind != ColumnKind.FLOATING;
        if (hex && length > 0) {
            sql.write('x');
        }
        if (kind == ColumnKind.BINARY) {
            sql.write(RowEncoder.BINARY_QUOTE);
        } else if (quoted) {
            sql.write('\'');
        }
        boolean negativeZero = kind == ColumnKind.FLOATING && length == 2;
        for (long left = length; left > 0;) {
            while (at == rows.limit()) {
                rows.more();
                part();
            }
            int some = (int) Math.min(Math.min(left, rows.limit() - at), out.length / 2);
            byte[] from = rows.buffer();
            int end = hex
                    ? RowEncoder.hexDigits(from, at, at + some, out, 0)
                    : RowEncoder.escape(from, at, at + some, out, 0);
            negativeZero &= from[at] == (left == 2 ? '-' : '0') && from[at + some - 1] == (some == left ? '0' : '-');
            sql.write(out, 0, end);
            at += some;
            left -= some;
        }
        if (negativeZero) {
            sql.write('e');
            sql.write('0');
        }
        if (quoted) {
            sql.write('\'');
        }
    }
}
