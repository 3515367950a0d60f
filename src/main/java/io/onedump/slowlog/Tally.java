package io.onedump.slowlog;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts names: users, hosts, databases, errors. Holds the first {@value #MOST} names and counts the rest together. */
final class Tally {

    private static final int MOST = 100;

    private int[] ids = new int[2];
    private long[] counts = new long[2];
    private int used;

    void add(int id, long count) {
        int i = 0;
        while (i < used && ids[i] != id) {
            i++;
        }
        if (i == used && used >= MOST && id != Names.OTHER) {
            add(Names.OTHER, count);
            return;
        }
        if (i == used) {
            if (used == ids.length) {
                ids = Arrays.copyOf(ids, used * 2);
                counts = Arrays.copyOf(counts, used * 2);
            }
            ids[used++] = id;
        }
        counts[i] += count;
    }

    void merge(Tally other) {
        for (int i = 0; i < other.used; i++) {
            add(other.ids[i], other.counts[i]);
        }
    }

    int footprint() {
        return 64 + ids.length * 12;
    }

    /** Names and counts, the most frequent first. */
    Map<String, Long> summary(Names.Registry names) {
        Map<String, Long> summary = new LinkedHashMap<>();
        IntStream.range(0, used).boxed()
                .sorted((a, b) -> counts[a] != counts[b] ? Long.compare(counts[b], counts[a])
                        : names.name(ids[a]).compareTo(names.name(ids[b])))
                .forEach(i -> summary.put(names.name(ids[i]), counts[i]));
        return summary;
    }
}
