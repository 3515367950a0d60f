package io.onedump.restore.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.onedump.artifact.BulkInputStream;
import io.onedump.database.postgres.PgSql;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.Frame;
import io.onedump.dump.format.FrameCompressor;
import io.onedump.restore.choice.RestoreException;

/** Loads frames with rows by one connection, each in one transaction, without holding any. */
final class PgFrameLoader {

    private static final byte[] END = "\\.\n".getBytes(StandardCharsets.US_ASCII);

    private static final String PUT = "SELECT pg_catalog.lo_put(";

    private final PgTarget target;
    private final DumpFile file;
    private final PgJournal journal;

    PgFrameLoader(PgTarget target, DumpFile file, PgJournal journal) {
        this.target = target;
        this.file = file;
        this.journal = journal;
    }

    void load(DumpIndex.Table table, DumpIndex.Piece piece) throws IOException {
        Frame frame = file.frame(piece.frame());
        String what = "table " + table.database() + "." + table.name() + ", frame " + frame.number();
        journal.once(target, frame.number(), () -> {
            try (InputStream sql = file.sql(frame)) {
                if (PgPlan.isLargeObjects(table)) {
                    largeObjects(sql, frame, what);
                } else {
                    copy(table, sql, frame, what);
                }
            }
        });
    }

    private static RestoreException notTheDumps(String what, String why) {
        return new RestoreException(what + " " + why + ": the table index is not this dump's");
    }

    private void copy(DumpIndex.Table table, InputStream sql, Frame frame, String what) throws IOException {
        String copy = "COPY " + PgSql.name(table.database(), table.name()) + (table.columns().isEmpty()
                ? ""
                : " (" + table.columns().stream().map(PgSql::name).collect(Collectors.joining(", ")) + ")")
                + " FROM stdin";
        byte[] head = (copy + ";\n").getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(sql.readNBytes(head.length), head)) {
            throw notTheDumps(what, "does not begin with its table");
        }
        target.session().copyIn(copy, new Rows(sql, frame.plainSize() - head.length - END.length, what), what);
    }

    private void largeObjects(InputStream sql, Frame frame, String what) throws IOException {
        if (frame.plainSize() > FrameCompressor.MOST_SQL) {
            throw new RestoreException(what + " is larger than the format allows");
        }
        byte[] statements = sql.readAllBytes();
        if (!new String(statements, 0, Math.min(statements.length, PUT.length()), StandardCharsets.US_ASCII)
                .equals(PUT)) {
            throw notTheDumps(what, "does not fill large objects");
        }
        target.run(statements, statements.length, what);
    }

    /** What stands between a COPY and its end; the frame's own checksum is compared before they are over. */
    private static final class Rows extends BulkInputStream {

        private final String what;
        private long left;

        Rows(InputStream in, long length, String what) {
            super(in);
            this.left = length;
            this.what = what;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                if (left < 0 || !Arrays.equals(in.readNBytes(END.length), END) || in.read() >= 0) {
                    throw notTheDumps(what, "does not end as rows do");
                }
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new RestoreException(what + " is not as long as the seek table says");
            }
            left -= read;
            return read;
        }
    }
}
