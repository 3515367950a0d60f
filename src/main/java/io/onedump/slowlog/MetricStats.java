package io.onedump.slowlog;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import java.util.Arrays;

/**
 * Adds up one metric: exact count, sum, minimum and maximum, Welford's mean and variance, and percentiles. The first few
 * values are kept as they are; beyond them a sketch takes over whose percentiles are at most 1 % off.
 */
final class MetricStats {

    private static final double ACCURACY = 0.01;
    private static final int EXACT = 16;
    /** Bytes that a sketch takes, about: it grows with the range of its values, not with their number. */
    private static final int SKETCH_FOOTPRINT = 5_000;

    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private double mean;
    private double squares;
    private long[] values = new long[1];
    private DDSketch sketch;

    void add(long value) {
        if (sketch != null) {
            sketch.accept(value);
        } else {
            keep(value);
        }
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
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
        sketch = DDSketches.unboundedDense(ACCURACY);
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
        long total = count + other.count;
        double delta = other.mean - mean;
        squares += other.squares + delta * delta * count * other.count / total;
        mean += delta * other.count / total;
        count = total;
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
                percentile(0.99), Math.sqrt(squares / count));
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
