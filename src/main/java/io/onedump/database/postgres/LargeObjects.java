package io.onedump.database.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the contents of all large objects in parts, each as one row: its number, the place, hexadecimal digits. */
public final class LargeObjects {

    private static final int PART = 384 << 10;

    private final PgSession session;
    private final Listener listener;

    /** Is told of each part. */
    public interface Listener {
        /**
         * @param row    holds the row between {@code from} and {@code end}; it is used again
         * @param digits where its hexadecimal digits begin
         */
        void part(String object, long place, byte[] row, int from, int digits, int end) throws IOException;
    }

    public LargeObjects(PgSession session, Listener listener) {
        this.session = session;
        this.listener = listener;
    }

    public static boolean exist(PgSession session) throws IOException {
        return session.value("SELECT 1 FROM pg_catalog.pg_largeobject_metadata LIMIT 1") != null;
    }

    /** Small ones by one query, large ones by one more each. */
    public void read() throws IOException {
        List<String> large = new ArrayList<>();
        read("SELECT oid, 0, pg_catalog.encode(pg_catalog.lo_get(oid, 0, " + PART + "), 'hex')"
                + " FROM pg_catalog.pg_largeobject_metadata ORDER BY oid", large);
        for (String object : large) {
            List<String> goesOn = List.of(object);
            for (long part = 1; !goesOn.isEmpty(); part += 64) {
                List<String> full = new ArrayList<>();
                read("SELECT " + object + ", part * " + PART + ", pg_catalog.encode(pg_catalog.lo_get(" + object
                        + ", part * " + PART + ", " + PART + "), 'hex') FROM pg_catalog.generate_series(" + part
                        + "::bigint, " + (part + 63) + ") AS part", full);
                goesOn = full.size() == 64 ? goesOn : List.of();
            }
        }
    }

    /** @param full gets the objects of parts that may not be the last one */
    private void read(String query, List<String> full) throws IOException {
        CopyRows rows = session.copyOut("COPY (" + query + ") TO STDOUT", "reading large objects");
        while (rows.next()) {
            if (!rows.last()) {
                throw new IOException("reading large objects: the server sent more than was asked for");
            }
            byte[] buffer = rows.buffer();
            int end = rows.limit() - 1;
            int first = tab(buffer, rows.offset(), end);
            int second = tab(buffer, first + 1, end);
            String object = text(buffer, rows.offset(), first);
            if (end - second - 1 == 2 * PART) {
                full.add(object);
            }
            if (end > second + 1) {
                listener.part(object, Long.parseLong(text(buffer, first + 1, second)), buffer, rows.offset(),
                        second + 1, end);
            }
        }
    }

    private static int tab(byte[] buffer, int from, int end) throws IOException {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\t') {
                return i;
            }
        }
        throw new IOException("reading large objects: the server sent a row that has no three values");
    }

    private static String text(byte[] buffer, int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.US_ASCII);
    }
}
