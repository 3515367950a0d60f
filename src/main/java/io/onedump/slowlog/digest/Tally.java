package io.onedump.slowlog.digest;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.onedump.slowlog.text.Names;

/**
 * Counts names: users, hosts, databases, errors. All are counted, the {@value #MOST} most frequent are told and the
 * rest of them together.
 */
final class Tally {

    private static final int MOST = 1000;

    private static final int EMPTY = Integer.MIN_VALUE;

    private int[] ids = {EMPTY, EMPTY};
    private long[] counts = new long[2];
    private int used;

    /** @return bytes of memory that it takes more than before */
    int add(int id, long count) {
        int capacity = ids.length;
        int slot = slot(id);
        if (ids[slot] == EMPTY) {
            if (++used * 2 > capacity) {
                grow();
                slot = slot(id);
            }
            ids[slot] = id;
        }
        counts[slot] += count;
        return (ids.length - capacity) * (Integer.BYTES + Long.BYTES);
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

    void write(PackedWriter out) {
        out.number(used);
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != EMPTY) {
                out.signed(ids[i]);
                out.number(counts[i]);
            }
        }
    }

    static Tally read(PackedReader in) throws IOException {
        Tally tally = new Tally();
        for (long left = in.number(); left > 0; left--) {
            tally.add((int) in.signed(), in.number());
        }
        return tally;
    }

    /** Names and counts, the most frequent first; last those that have no name of their own and the rest. */
    Map<String, Long> summary(Names.Registry names) {
        Map<String, Long> summary = new LinkedHashMap<>();
        List<Integer> named = IntStream.range(0, ids.length)
                .filter(i -> ids[i] != EMPTY && names.isKept(ids[i])).boxed()
                .sorted(Comparator.comparing((Integer i) -> -counts[i]).thenComparing(i -> names.name(ids[i])))
                .limit(MOST).toList();
        named.forEach(i -> summary.put(names.name(ids[i]), counts[i]));
        long rest = LongStream.of(counts).sum() - named.stream().mapToLong(i -> counts[i]).sum();
        if (rest > 0) {
            summary.merge(names.name(Names.OTHER), rest, Long::sum);
        }
        return summary;
    }
}
