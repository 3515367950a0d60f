package io.onedump.binlog.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

import io.onedump.database.mysql.Payload;

/**
 * A table as an event describes it before the events with its rows: as much as it takes to tell one row from the next.
 *
 * @param name  {@code database.table}
 * @param types of its columns
 * @param metas what follows from their definitions, as the event has it
 */
record TableMap(String name, int[] types, int[] metas) {

    private static final int POST_HEADER = 8;
    private static final int FLOAT = 4;
    private static final int DOUBLE = 5;
    private static final int VARCHAR = 15;
    private static final int BIT = 16;
    private static final int TIMESTAMP2 = 17;
    private static final int DATETIME2 = 18;
    private static final int TIME2 = 19;
    private static final int BLOB_COMPRESSED = 140;
    private static final int VARCHAR_COMPRESSED = 141;
    private static final int VECTOR = 242;
    private static final int JSON = 245;
    private static final int NEWDECIMAL = 246;
    private static final int ENUM = 247;
    private static final int SET = 248;
    private static final int VAR_STRING = 253;
    private static final int STRING = 254;
    private static final int GEOMETRY = 255;
    private static final int[] FIXED = {-1, 1, 2, 4, 4, 8, 0, 4, 8, 3, 3, 3, 8, 1, 3};
    private static final int[] DIGIT_BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
    private static final int LONGEST_ROWS = 1 << 20;

    static long id(byte[] bytes, int at) {
        return EventHeader.uint32(bytes, at + EventHeader.LENGTH)
                | (EventHeader.uint32(bytes, at + EventHeader.LENGTH + 2) & 0xffff0000L) << 16;
    }

    /** @param at where the event begins */
    static TableMap of(byte[] bytes, int at) throws IOException {
        int databaseAt = at + EventHeader.LENGTH + POST_HEADER;
        int databaseLength = bytes[databaseAt] & 0xff;
        int tableAt = databaseAt + databaseLength + 2;
        int tableLength = bytes[tableAt] & 0xff;
        String name = new String(bytes, databaseAt + 1, databaseLength, StandardCharsets.UTF_8) + "."
                + new String(bytes, tableAt + 1, tableLength, StandardCharsets.UTF_8);
        Payload fields = new Payload(bytes, tableAt + tableLength + 2);
        int count = (int) fields.lengthEncodedInteger();
        int[] types = new int[count];
        int[] metas = new int[count];
        int from = fields.at();
        Payload definitions = new Payload(bytes, from + count);
        definitions.lengthEncodedInteger();
        int meta = definitions.at();
        for (int i = 0; i < count; i++) {
            types[i] = bytes[from + i] & 0xff;
            int size = metaSize(types[i]);
            metas[i] = size == 0 ? 0 : size == 1 ? bytes[meta] & 0xff : two(bytes, meta);
            meta += size;
        }
        return new TableMap(name, types, metas);
    }

    private static int metaSize(int type) {
        return switch (type) {
            case VARCHAR, BIT, NEWDECIMAL, STRING, VAR_STRING, ENUM, SET, VARCHAR_COMPRESSED -> 2;
            case FLOAT, DOUBLE, TIMESTAMP2, DATETIME2, TIME2, JSON, GEOMETRY, BLOB_COMPRESSED, VECTOR -> 1;
            default -> type >= 249 && type <= 252 ? 1 : 0;
        };
    }

    private static int two(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    /**
     * Counts the rows of an event of this table.
     *
     * @param length of what is there of the event, without its checksum
     * @param whole  whether that is all of it
     */
    RowChanges count(byte[] bytes, int at, int length, boolean whole) {
        try {
            return count(RowsEvent.of(EventHeader.type(bytes, at)), bytes, at, length, whole);
        } catch (IOException | RuntimeException e) {
            // A type of column that is not known here, or a torn event: there is at least one row.
            return RowsEvent.of(EventHeader.type(bytes, at)).changes(1, false);
        }
    }

    private RowChanges count(RowsEvent kind, byte[] bytes, int at, int length, boolean whole) throws IOException {
        int from = at + EventHeader.LENGTH + POST_HEADER;
        if (kind.second()) {
            from += two(bytes, from);
        }
        Payload fields = new Payload(bytes, from);
        int columns = (int) fields.lengthEncodedInteger();
        int bitmap = (columns + 7) / 8;
        int before = fields.at();
        int after = kind.updates() ? before + bitmap : before;
        byte[] present = bytes;
        int row = after + bitmap;
        int end = at + length;
        byte[] rows = bytes;
        boolean all = whole;
        if (kind.compressed()) {
            rows = inflate(bytes, row, end - row);
            row = 0;
            end = rows.length;
            all = whole && end < LONGEST_ROWS;
        }
        long count = 0;
        while (row < end) {
            Optional<Integer> next = image(rows, row, end, present, before, columns);
            if (next.isPresent() && kind.updates()) {
                next = image(rows, next.get(), end, present, after, columns);
            }
            if (next.isEmpty()) {
                return kind.changes(Math.max(1, count), false);
            }
            row = next.get();
            count++;
        }
        return kind.changes(count, all);
    }

    private static byte[] inflate(byte[] bytes, int at, int length) throws IOException {
        int skipped = 1 + (bytes[at] & 0x07);
        try (InputStream in =
                new InflaterInputStream(new ByteArrayInputStream(bytes, at + skipped, length - skipped))) {
            return in.readNBytes(LONGEST_ROWS);
        }
    }

    /** Where a row's image ends; empty when it does not end in what is there, or there is a type that is not known. */
    private Optional<Integer> image(byte[] rows, int at, int end, byte[] present, int presentAt, int columns) {
        int given = 0;
        for (int i = 0; i < columns; i++) {
            given += bit(present, presentAt, i) ? 1 : 0;
        }
        int value = at + (given + 7) / 8;
        int index = 0;
        for (int i = 0; i < columns && value <= end; i++) {
            if (bit(present, presentAt, i)) {
                if (!bit(rows, at, index)) {
                    int length = length(types[i], metas[i], rows, value);
                    if (length < 0) {
                        return Optional.empty();
                    }
                    value += length;
                }
                index++;
            }
        }
        return value <= end ? Optional.of(value) : Optional.empty();
    }

    private static boolean bit(byte[] bytes, int at, int index) {
        return (bytes[at + index / 8] >> index % 8 & 1) == 1;
    }

    private static int length(int type, int meta, byte[] rows, int at) {
        return switch (type) {
            case VARCHAR, VARCHAR_COMPRESSED -> prefixed(rows, at, meta > 255 ? 2 : 1);
            case BIT -> (meta >> 8) + ((meta & 0xff) > 0 ? 1 : 0);
            case TIMESTAMP2 -> 4 + (meta + 1) / 2;
            case DATETIME2 -> 5 + (meta + 1) / 2;
            case TIME2 -> 3 + (meta + 1) / 2;
            case NEWDECIMAL -> decimal(meta & 0xff, meta >> 8);
            case ENUM, SET -> meta >> 8;
            case STRING, VAR_STRING -> string(meta & 0xff, meta >> 8, rows, at);
            case JSON, GEOMETRY, BLOB_COMPRESSED, VECTOR, 249, 250, 251, 252 -> prefixed(rows, at, meta);
            default -> type < FIXED.length ? FIXED[type] : -1;
        };
    }

    /** CHAR, ENUM and SET share a type: the first byte says which, and has bits of a long length. */
    private static int string(int first, int second, byte[] rows, int at) {
        int real = first | 0x30;
        if (real == ENUM || real == SET) {
            return second;
        }
        int longest = second | ((first & 0x30) ^ 0x30) << 4;
        return prefixed(rows, at, longest > 255 ? 2 : 1);
    }

    private static int prefixed(byte[] rows, int at, int size) {
        long length = 0;
        for (int i = 0; i < size; i++) {
            length |= (rows[at + i] & 0xffL) << 8 * i;
        }
        return (int) Math.min(Integer.MAX_VALUE / 2, length + size);
    }

    private static int decimal(int precision, int scale) {
        int whole = precision - scale;
        return whole / 9 * 4 + DIGIT_BYTES[whole % 9] + scale / 9 * 4 + DIGIT_BYTES[scale % 9];
    }
}
