package io.onedump.dump.mysql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
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
        Together.run(threads, "dump " + address, snapshot.sessions(), session -> work(session, queue), () -> {
            queue.end();
            stop.run();
        });
    }

    private void work(MySqlSession session, ChunkQueue queue) throws IOException {
        try (InsertWriter writer = new InsertWriter(frames)) {
            ChunkQueue.Chunk chunk;
            while ((chunk = queue.next(session)) != null) {
                read(session, chunk, writer);
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
