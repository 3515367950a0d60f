package io.onedump.binlog.archive;

import java.util.ArrayList;
import java.util.List;

/**
 * Says which pieces of an open file are to become one, so that few objects hold a file of any size and yet each byte is
 * stored only a few times: as in a log-structured merge tree, neighbours of a size class are merged once there are
 * enough of them. The largest pieces are left alone for as long as they are not too many.
 */
final class Compaction {

    private static final int FAN_IN = 8;
    /** Pieces below that count as equally small: merging them again and again costs next to nothing. */
    private static final long SMALL = 16 * 1024;
    /** Each {@value #FAN_IN} times as large as the one before; beyond them, from 8 MiB on, all count as large. */
    private static final int CLASSES = 4;
    private static final int MOST_LARGE = 30;

    /** More pieces than that no file has after a compaction. */
    static final int MOST_PIECES = CLASSES * (FAN_IN - 1) + MOST_LARGE;

    /**
     * Pieces to be merged, by their places in the list.
     *
     * @param from the first
     * @param to   after the last
     */
    record Merge(int from, int to) {
    }

    private Compaction() {
    }

    /** What is due, in order; empty for pieces that were compacted before and have not grown much. */
    static List<Merge> of(List<Piece> pieces) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            runs.add(new Run(i, i + 1, pieces.get(i).end() - pieces.get(i).start()));
            settle(runs);
        }
        return runs.stream().filter(run -> run.to() - run.from() > 1).map(run -> new Merge(run.from(), run.to()))
                .toList();
    }

    /** Sizes never grow along the list, and no class has too many: restores that after one more at its end. */
    private static void settle(List<Run> runs) {
        while (true) {
            int last = runs.size() - 1;
            int rank = rank(runs.get(last));
            int smaller = last;
            while (smaller > 0 && rank(runs.get(smaller - 1)) < rank) {
                smaller--;
            }
            int equal = last;
            while (equal > 0 && rank(runs.get(equal - 1)) == rank) {
                equal--;
            }
            if (smaller < last) {
                merge(runs, smaller, last + 1);
            } else if (rank < CLASSES && last + 1 - equal >= FAN_IN) {
                merge(runs, equal, last + 1);
            } else if (rank == CLASSES && runs.size() > MOST_LARGE) {
                int due = due(runs);
                merge(runs, due, due + FAN_IN);
            } else {
                return;
            }
        }
    }

    /** All large pieces are of one rank. */
    private static int rank(Run run) {
        return Math.min(CLASSES, run.sizeClass());
    }

    /** Of too many large pieces, the first ones of the smallest class that has enough neighbours of its own. */
    private static int due(List<Run> runs) {
        int due = -1;
        int neighbours = 0;
        for (int i = 0; i < runs.size(); i++) {
            boolean alike = i > 0 && runs.get(i).sizeClass() == runs.get(i - 1).sizeClass();
            neighbours = alike ? neighbours + 1 : 1;
            if (neighbours == FAN_IN && (due < 0 || runs.get(i).sizeClass() < runs.get(due).sizeClass())) {
                due = i + 1 - FAN_IN;
            }
        }
        return due < 0 ? cheapest(runs) : due;
    }

    private static int cheapest(List<Run> runs) {
        int cheapest = 0;
        long least = Long.MAX_VALUE;
        for (int from = 0; from + FAN_IN <= runs.size(); from++) {
            long bytes = runs.subList(from, from + FAN_IN).stream().mapToLong(Run::bytes).sum();
            if (bytes < least) {
                cheapest = from;
                least = bytes;
            }
        }
        return cheapest;
    }

    private static void merge(List<Run> runs, int from, int to) {
        List<Run> merged = runs.subList(from, to);
        Run one = new Run(merged.get(0).from(), merged.get(merged.size() - 1).to(),
                merged.stream().mapToLong(Run::bytes).sum());
        merged.clear();
        runs.add(from, one);
    }

    /** Pieces that are one, or shall be. */
    private record Run(int from, int to, long bytes) {

        int sizeClass() {
            int sizeClass = 0;
            for (long limit = SMALL; limit > 0 && bytes >= limit; limit *= FAN_IN) {
                sizeClass++;
            }
            return sizeClass;
        }
    }
}
