package io.onedump.dump.postgres;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

import io.onedump.database.postgres.PgSql;

/** What is still to be read: tables, the largest first, and the ranges of pages into which they are cut. */
final class PageRanges {

    private static final long LEAST = 16L << 20;
    private static final long MOST = 256L << 20;
    /** So that no connection is left with much when the others have nothing to do any more. */
    private static final int PER_CONNECTION = 6;

    /** @param range a condition, or empty for the whole table */
    record Chunk(PgTable table, int number, String range) {
    }

    private final Deque<Chunk> chunks = new ArrayDeque<>();

    PageRanges(List<PgTable> tables, int connections, boolean ranges) {
        tables.stream().filter(PgTable::hasRows)
                .sorted(Comparator.comparingLong((PgTable table) -> table.relation().bytes()).reversed())
                .forEach(table -> add(table, ranges ? connections : 1));
    }

    private void add(PgTable table, int connections) {
        PgCatalog.Relation relation = table.relation();
        long size = Math.max(LEAST, Math.min(MOST, relation.bytes() / ((long) connections * PER_CONNECTION)));
        long parts = connections == 1 || !relation.heap() ? 1 : Math.max(1, relation.bytes() / size);
        long pages = Math.max(1, (relation.pages() + parts - 1) / parts);
        int number = 0;
        for (long from = 0; from == 0 || from < relation.pages(); from += pages) {
            boolean last = from + pages >= relation.pages();
            // The last one is open: rows may have come behind the end that was seen.
            chunks.add(new Chunk(table, number++, PgSql.pages(from, last ? Long.MAX_VALUE : from + pages)));
        }
    }

    /** Null when there is nothing left. */
    synchronized Chunk next() {
        return chunks.poll();
    }

    synchronized void end() {
        chunks.clear();
    }
}
