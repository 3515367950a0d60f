package io.onedump.slowlog.digest;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.onedump.slowlog.text.Names;

/** Counts names: users, hosts, databases, errors. Holds the first {@value #MOST} names and counts the rest together. */
final class Tally {

    private static final int MOST = 1000;

    private static final int EMPTY = Integer.MIN_VALUE;

    private int[] ids = {EMPTY, EMPTY};
    private long[] counts = new long[2];
    private int used;

    void add(int id, long count) {
        int slot = slot(id);
        if (ids[slot] == EMPTY) {
            if (used >= MOST && id != Names.OTHER) {
                add(Names.OTHER, count);
                return;
            }
            if (++used * 2 > ids.length) {
                grow();
                slot = slot(id);
            }
            ids[slot] = id;
        }
        counts[slot] += count;
    }

    private int slot(int id) {
        int mask = ids.length - 1;
        int slot = id & mask;
        while (ids[slot] != id && ids[slot] != EMPTY) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldIds = ids;
        long[] oldCounts = counts;
        ids = new int[oldIds.length * 2];
        counts = new long[ids.length];
        Arrays.fill(ids, EMPTY);
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != EMPTY) {
                int slot = slot(oldIds[i]);
                ids[slot] = oldIds[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    void merge(Tally other) {
        for (int i = 0; i < other.ids.length; i++) {
            if (other.ids[i] != EMPTY) {
                add(other.ids[i], other.counts[i]);
            }
        }
    }

    int footprint() {
        return 64 + ids.length * 12;
    }

    /** Names and counts, the most frequent first and those beyond the limit last. */
    Map<String, Long> summary(Names.Registry names) {
        Map<String, Long> summary = new LinkedHashMap<>();
        IntStream.range(0, ids.length).filter(i -> ids[i] != EMPTY).boxed()
                .sorted(Comparator.comparing((Integer i) -> ids[i] == Names.OTHER).thenComparing(i -> -counts[i])
                        .thenComparing(i -> names.name(ids[i])))
                .forEach(i -> summary.put(names.name(ids[i]), counts[i]));
        return summary;
    }
}
