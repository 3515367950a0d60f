package io.onedump.dump.mysql;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.onedump.database.mysql.RowStream;
import io.onedump.dump.format.FrameCompressor;
import io.onedump.dump.format.FrameWriter;
import io.onedump.dump.format.Xxh64;

/** Gathers the rows that one connection reads into statements, and those into frames. For one thread. */
final class InsertWriter implements Closeable {

    private static final int MOST_STATEMENT = 1 << 20;
    private static final byte[] STATEMENT_END = ";\n".getBytes(StandardCharsets.US_ASCII);

    private final FrameWriter frames;
    private final FrameCompressor compressor;
    private final byte[] out = new byte[FrameCompressor.MOST_SQL];
    private RowEncoder encoder;
    private TableRows target;
    private int chunk;
    private byte[] use;
    private byte[] head;
    private int filled;
    private int statement;
    private long rows;

    InsertWriter(FrameWriter frames) {
        this.frames = frames;
        this.compressor = frames.compressor();
    }

    /** Writes all rows of a query, which reads one chunk of a table. */
    void write(RowStream stream, TableRows table, int chunk) throws IOException {
        this.target = table;
        this.chunk = chunk;
        this.encoder = new RowEncoder(table.plan().columns());
        this.use = table.plan().use().getBytes(StandardCharsets.UTF_8);
        this.head = table.plan().insert().getBytes(StandardCharsets.UTF_8);
        filled = 0;
        statement = -1;
        rows = 0;
        long count = 0;
        long digest = 0;
        if (stream.columns() != encoder.columns()) {
            throw new IOException(table.plan() + ": the server sent " + stream.columns() + " columns in place of "
                    + encoder.columns());
        }
        while (stream.next()) {
            digest += stream.last() ? row(stream) : large(stream);
            count++;
        }
        endFrame();
        table.dumped().add(count, digest);
    }

    private long row(RowStream stream) throws IOException {
        int from = stream.offset();
        int length = stream.limit() - from;
        int most = encoder.most(length);
        if (statement >= 0 && filled - statement + most + 2 > MOST_STATEMENT) {
            endStatement();
        }
        if (filled + most + head.length + 4 > out.length) {
            endFrame();
        }
        if (filled + most + use.length + head.length + 4 > out.length) {
            return large(stream);
        }
        if (filled == 0) {
            filled = put(use, 0);
        }
        if (statement < 0) {
            statement = filled;
            filled = put(head, filled);
        } else {
            out[filled++] = ',';
            out[filled++] = '\n';
        }
        filled = encoder.encode(stream.buffer(), from, out, filled);
        rows++;
        return Xxh64.hash(stream.buffer(), from, length);
    }

    /** A row that does not fit stands alone in its frame. */
    private long large(RowStream stream) throws IOException {
        endFrame();
        long[] hash = new long[1];
        int frame = frames.stream(sql -> {
            sql.write(use);
            sql.write(head);
            hash[0] = LargeRow.write(stream, encoder, sql);
            sql.write(STATEMENT_END);
        });
        target.dumped().piece(frame, chunk, 1);
        return hash[0];
    }

    private void endStatement() {
        if (statement >= 0) {
            filled = put(STATEMENT_END, filled);
            statement = -1;
        }
    }

    private void endFrame() throws IOException {
        endStatement();
        if (filled > 0) {
            target.dumped().piece(compressor.frame(out, filled), chunk, rows);
        }
        filled = 0;
        rows = 0;
    }

    private int put(byte[] bytes, int at) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }

    @Override
    public void close() {
        compressor.close();
    }
}
