package io.onedump.dump.postgres;

import java.io.IOException;
import java.util.List;

import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSession;
import io.onedump.dump.format.FrameWriter;

/** Reads the rows of all tables by all connections; the first failure ends all. */
final class PgRowReaders {

    private final Threads threads;
    private final String address;
    private final FrameWriter frames;
    private final Runnable stop;

    /** @param stop makes those that wait for the server give up */
    PgRowReaders(Threads threads, String address, FrameWriter frames, Runnable stop) {
        this.threads = threads;
        this.address = address;
        this.frames = frames;
        this.stop = stop;
    }

    void read(List<PgSession> sessions, PageRanges ranges) throws IOException {
        Together.run(threads, "dump " + address, sessions, session -> work(session, ranges), () -> {
            ranges.end();
            stop.run();
        });
    }

    private void work(PgSession session, PageRanges ranges) throws IOException {
        try (CopyWriter writer = new CopyWriter(frames)) {
            for (PageRanges.Chunk chunk = ranges.next(); chunk != null; chunk = ranges.next()) {
                read(session, chunk, writer);
            }
        }
    }

    private static void read(PgSession session, PageRanges.Chunk chunk, CopyWriter writer) throws IOException {
        PgTable table = chunk.rows().table();
        String what = "reading " + table.relation();
        try {
            writer.write(session.copyOut(table.query(chunk.range()), what), chunk.rows(), chunk.number());
        } catch (PgException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(what + ": " + e.getMessage(), e);
        }
    }
}
