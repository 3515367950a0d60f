package io.onedump.dump.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.onedump.database.postgres.LargeObjects;
import io.onedump.database.postgres.PgSession;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.FrameWriter;
import io.onedump.dump.format.Xxh64;

/** Writes the contents of large objects: statements that put parts into objects that are there. */
final class LargeObjectWriter {

    private static final int MOST_SQL = 7 << 20;

    private final FrameWriter frames;
    private final ByteArrayOutputStream sql = new ByteArrayOutputStream();
    private final List<DumpIndex.Piece> pieces = new ArrayList<>();
    private long rows;
    private long count;
    private long digest;

    LargeObjectWriter(FrameWriter frames) {
        this.frames = frames;
    }

    /** All of them, as an entry of the index. */
    DumpIndex.Table write(PgSession session) throws IOException {
        new LargeObjects(session, this::part).read();
        endFrame();
        return new DumpIndex.Table("pg_catalog", "pg_largeobject", "large-objects", List.of("loid", "place", "data"),
                "loid, place, pg_catalog.encode(data, 'hex')", "", count, digest, pieces);
    }

    private void part(String object, long place, byte[] row, int from, int digits, int end) throws IOException {
        if (sql.size() + end - digits > MOST_SQL) {
            endFrame();
        }
        sql.writeBytes(("SELECT pg_catalog.lo_put(" + object + ", " + place + ", '\\x")
                .getBytes(StandardCharsets.US_ASCII));
        sql.write(row, digits, end - digits);
        sql.writeBytes("');\n".getBytes(StandardCharsets.US_ASCII));
        digest += Xxh64.hash(row, from, end - from);
        rows++;
        count++;
    }

    private void endFrame() throws IOException {
        if (sql.size() > 0) {
            pieces.add(new DumpIndex.Piece(frames.frame(sql.toByteArray()), 0, rows));
        }
        sql.reset();
        rows = 0;
    }
}
