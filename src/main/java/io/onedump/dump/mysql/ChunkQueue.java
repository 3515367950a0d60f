package io.onedump.dump.mysql;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.onedump.database.mysql.MySqlSession;

/** What is still to be read: tables, and the ranges into which large ones were cut. */
final class ChunkQueue {

    private static final long LEAST = 16L << 20;
    private static final long MOST = 256L << 20;
    /** So that no connection is left with much when the others have nothing to do any more. */
    private static final int PER_CONNECTION = 6;

    /** @param range a condition, or empty for the whole table */
    record Chunk(TableRows rows, int number, String range) {
    }

    private final Deque<TableRows> tables;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private final int connections;
    private boolean ended;

    ChunkQueue(List<TableRows> tables, int connections) {
        this.tables = new ArrayDeque<>(tables);
        this.connections = connections;
    }

    /** Null when there is nothing left. Whoever finds a large table cuts it, in his own snapshot. */
    synchronized Chunk next(MySqlSession session) throws IOException {
        if (ended) {
            return null;
        }
        if (chunks.isEmpty() && !tables.isEmpty()) {
            TableRows table = tables.poll();
            long bytes = Math.max(LEAST, Math.min(MOST, table.plan().bytes() / ((long) connections * PER_CONNECTION)));
            List<String> ranges = connections == 1
                    ? List.of("")
                    : Chunker.ranges(session, table.plan(), bytes);
            for (String range : ranges) {
                chunks.add(new Chunk(table, chunks.size(), range));
            }
        }
        return chunks.poll();
    }

    synchronized void end() {
        ended = true;
    }
}
