package io.onedump.slowlog.digest;

import java.io.IOException;
import java.util.Arrays;

/**
 * Events and their time over the time of day, in buckets that grow with the span: a second at first, then 2, 4, 8 … so
 * that there are never more than {@value #MOST}.
 */
final class Timeline {

    static final int MOST = 120;
    static final long UNKNOWN = Long.MIN_VALUE;

    private long width = 1_000_000;
    /** Number of the first bucket, counted from 1970. */
    private long first;
    private int used;
    private long[] counts = new long[1];
    private long[] sums = new long[1];

    /** @return bytes of memory that it takes more than before */
    int add(long micros, long queryTime) {
        return add(micros, 1, queryTime);
    }

    private int add(long micros, long count, long sum) {
        int capacity = counts.length;
        int index = indexOf(micros);
        counts[index] += count;
        sums[index] += sum;
        return (counts.length - capacity) * 2 * Long.BYTES;
    }

    /** Makes room for a moment. */
    private int indexOf(long micros) {
        long bucket = Math.floorDiv(micros, width);
        if (used == 0) {
            first = bucket;
            used = 1;
        }
        while (Math.max(bucket, first + used - 1) - Math.min(bucket, first) >= MOST) {
            coarsen();
            bucket = Math.floorDiv(micros, width);
        }
        if (bucket < first) {
            int shift = (int) (first - bucket);
            grow(used + shift);
            System.arraycopy(counts, 0, counts, shift, used);
            System.arraycopy(sums, 0, sums, shift, used);
            Arrays.fill(counts, 0, shift, 0);
            Arrays.fill(sums, 0, shift, 0);
            used += shift;
            first = bucket;
        } else if (bucket >= first + used) {
            int size = (int) (bucket - first) + 1;
            grow(size);
            used = size;
        }
        return (int) (bucket - first);
    }

    private void grow(int size) {
        if (size > counts.length) {
            int capacity = Math.min(MOST, Math.max(size, counts.length * 2));
            counts = Arrays.copyOf(counts, capacity);
            sums = Arrays.copyOf(sums, capacity);
        }
    }

    private void coarsen() {
        long start = Math.floorDiv(first, 2);
        for (int i = 0; i < used; i++) {
            int target = (int) (Math.floorDiv(first + i, 2) - start);
            long count = counts[i];
            long sum = sums[i];
            counts[i] = 0;
            sums[i] = 0;
            counts[target] += count;
            sums[target] += sum;
        }
        used = (int) (Math.floorDiv(first + used - 1, 2) - start) + 1;
        first = start;
        width *= 2;
    }

    void merge(Timeline other) {
        if (other.used > 0 && used == 0) {
            width = other.width;
        }
        while (width < other.width) {
            coarsen();
        }
        for (int i = 0; i < other.used; i++) {
            if (other.counts[i] > 0) {
                add((other.first + i) * other.width, other.counts[i], other.sums[i]);
            }
        }
    }

    int footprint() {
        return 64 + counts.length * 16;
    }

    void write(PackedWriter out) {
        out.number(width);
        out.signed(first);
        out.numbers(counts, used);
        out.numbers(sums, used);
    }

    static Timeline read(PackedReader in) throws IOException {
        Timeline timeline = new Timeline();
        timeline.width = in.number();
        timeline.first = in.signed();
        timeline.counts = in.numbers();
        timeline.sums = in.numbers();
        timeline.used = timeline.counts.length;
        if (timeline.used > MOST || timeline.sums.length != timeline.used) {
            throw in.damaged();
        }
        return timeline.used == 0 ? new Timeline() : timeline;
    }

    TimelineSummary summary() {
        return new TimelineSummary(first * width, width, Arrays.copyOf(counts, used), Arrays.copyOf(sums, used));
    }
}
