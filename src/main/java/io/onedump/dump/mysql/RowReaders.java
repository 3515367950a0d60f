package io.onedump.dump.mysql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.RowStream;
import io.onedump.dump.format.FrameWriter;

/** Reads the rows of all tables by all connections, the largest tables first; the first failure ends all. */
final class RowReaders {

    private final Threads threads;
    private final String address;
    private final FrameWriter frames;
    private final Runnable stop;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param stop makes those that wait for the server give up */
    RowReaders(Threads threads, String address, FrameWriter frames, Runnable stop) {
        this.threads = threads;
        this.address = address;
        this.frames = frames;
        this.stop = stop;
    }

    void read(Snapshot snapshot, List<TableRows> tables) throws IOException {
        List<TableRows> largestFirst = new ArrayList<>(tables.stream().filter(table -> table.plan().rows()).toList());
        largestFirst.sort(Comparator.comparingLong((TableRows table) -> table.plan().bytes()).reversed());
        ChunkQueue queue = new ChunkQueue(largestFirst, snapshot.sessions().size());
        List<BackgroundTask> others = new ArrayList<>();
        for (MySqlSession session : snapshot.sessions().subList(1, snapshot.sessions().size())) {
            others.add(threads.start("dump " + address + " " + (others.size() + 2), () -> work(session, queue)));
        }
        work(snapshot.first(), queue);
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

    private void work(MySqlSession session, ChunkQueue queue) {
        try (InsertWriter writer = new InsertWriter(frames)) {
            ChunkQueue.Chunk chunk;
            while ((chunk = queue.next(session)) != null) {
                read(session, chunk, writer);
            }
        } catch (Throwable e) {
            // Also an Error: the others would go on, and the dump would lack what this one has not read.
            if (failure.compareAndSet(null, e)) {
                queue.end();
                stop.run();
            }
        }
    }

    private static void read(MySqlSession session, ChunkQueue.Chunk chunk, InsertWriter writer) throws IOException {
        TablePlan plan = chunk.rows().plan();
        try {
            RowStream stream = session.stream(plan.query(chunk.range()), "reading " + plan);
            writer.write(stream, chunk.rows(), chunk.number());
            if (!stream.endedInTransaction()) {
                throw new IOException("the server has ended the transaction that the snapshot is");
            }
        } catch (MySqlException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("reading " + plan + ": " + e.getMessage(), e);
        }
    }
}
