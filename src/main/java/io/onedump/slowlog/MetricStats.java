package io.onedump.slowlog;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.PaginatedStore;
import java.util.Arrays;

/**
 * Adds up one metric: exact count, sum, minimum and maximum, variance and percentiles. The first few
 * values are kept as they are; beyond them a sketch takes over whose percentiles are at most 1 % off.
 */
final class MetricStats {

    private static final IndexMapping ONE_PERCENT = new CubicallyInterpolatedMapping(0.01);
    private static final int EXACT = 16;
    /** Bytes that a sketch takes, about: it grows with the range of its values, not with their number. */
    private static final int SKETCH_FOOTPRINT = 5_000;

    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    /** The first value. The others are added up as distances from it, which keeps their squares small and exact. */
    private long origin;
    private double distances;
    private double squares;
    private long[] values = new long[1];
    private DDSketch sketch;

    void add(long value) {
        if (sketch != null) {
            sketch.accept(value);
        } else {
            keep(value);
        }
        if (count++ == 0) {
            origin = value;
        }
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double distance = value - origin;
        distances += distance;
        squares += distance * distance;
    }

    private void keep(long value) {
        int kept = (int) count;
        if (kept == EXACT) {
            sketch();
            sketch.accept(value);
            return;
        }
        if (kept == values.length) {
            values = Arrays.copyOf(values, kept * 2);
        }
        values[kept] = value;
    }

    private void sketch() {
        sketch = new DDSketch(ONE_PERCENT, PaginatedStore::new);
        for (int i = 0; i < count; i++) {
            sketch.accept(values[i]);
        }
        values = null;
    }

    /** Takes in another metric's values; that one can go on to be used. */
    void merge(MetricStats other) {
        if (other.count == 0) {
            return;
        }
        if (other.sketch == null) {
            for (int i = 0; i < other.count; i++) {
                add(other.values[i]);
            }
            return;
        }
        if (sketch == null) {
            sketch();
        }
        sketch.mergeWith(other.sketch);
        if (count == 0) {
            origin = other.origin;
        }
        double shift = other.origin - origin;
        squares += other.squares + 2 * shift * other.distances + other.count * shift * shift;
        distances += other.distances + other.count * shift;
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    long count() {
        return count;
    }

    long sum() {
        return sum;
    }

    int footprint() {
        return 96 + (sketch == null ? values.length * 8 : SKETCH_FOOTPRINT);
    }

    MetricSummary summary(String name) {
        return new MetricSummary(name, Metrics.unit(name), count, sum, min, max, percentile(0.5), percentile(0.95),
                percentile(0.99), stddev());
    }

    private double stddev() {
        double mean = distances / count;
        return Math.sqrt(Math.max(0, squares / count - mean * mean));
    }

    private double percentile(double quantile) {
        if (sketch != null) {
            return Math.max(min, Math.min(max, sketch.getValueAtQuantile(quantile)));
        }
        long[] sorted = Arrays.copyOf(values, (int) count);
        Arrays.sort(sorted);
        return sorted[(int) Math.floor(quantile * (count - 1))];
    }
}
