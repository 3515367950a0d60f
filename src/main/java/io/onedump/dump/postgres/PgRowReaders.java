package io.onedump.dump.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Threads;
import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSession;
import io.onedump.dump.format.FrameWriter;

/** Reads the rows of all tables by all connections; the first failure ends all. */
final class PgRowReaders {

    private final Threads threads;
    private final String address;
    private final FrameWriter frames;
    private final Runnable stop;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param stop makes those that wait for the server give up */
    PgRowReaders(Threads threads, String address, FrameWriter frames, Runnable stop) {
        this.threads = threads;
        this.address = address;
        this.frames = frames;
        this.stop = stop;
    }

    void read(List<PgSession> sessions, PageRanges ranges) throws IOException {
        List<BackgroundTask> others = new ArrayList<>();
        for (PgSession session : sessions.subList(1, sessions.size())) {
            others.add(threads.start("dump " + address + " " + (others.size() + 2), () -> work(session, ranges)));
        }
        work(sessions.get(0), ranges);
        try {
            for (BackgroundTask other : others) {
                other.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.run();
            throw new IOException("interrupted while dumping", e);
        }
        Throwable first = failure.get();
        if (first instanceof IOException io) {
            throw io;
        }
        if (first != null) {
            throw new IOException(first.toString(), first);
        }
    }

    private void work(PgSession session, PageRanges ranges) {
        try (CopyWriter writer = new CopyWriter(frames)) {
            for (PageRanges.Chunk chunk = ranges.next(); chunk != null; chunk = ranges.next()) {
                read(session, chunk, writer);
            }
        } catch (Throwable e) {
            // Also an Error: the others would go on, and the dump would lack what this one has not read.
            if (failure.compareAndSet(null, e)) {
                ranges.end();
                stop.run();
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
