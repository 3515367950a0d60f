package io.onedump.slowlog.digest;

import java.util.Arrays;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.PaginatedStore;
import io.onedump.slowlog.parse.Metrics;

/**
 * Adds up one metric: exact count, sum, minimum and maximum, variance and percentiles. The first values are kept as
 * they are; when there are more, a sketch takes them in by the batch, and percentiles are at most 1 % off.
 */
final class MetricStats {

    private static final IndexMapping ONE_PERCENT = new CubicallyInterpolatedMapping(0.01);
    /** The sketch is many objects, far apart in memory: going there once for many values is what makes it cheap. */
    private static final int BATCH = 64;
    /** Bytes that a sketch takes, about: it grows with the range of its values, not with their number. */
    private static final int SKETCH_FOOTPRINT = 5_000;

    private long count;
    private long zeros;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    /** The first value. All are added up as distances from it, which keeps their squares small and exact. */
    private long origin;
    private double distances;
    private double squares;
    /** Values other than 0 that are not in the sketch yet. */
    private long[] batch = {};
    private int batched;
    private DDSketch sketch;

    /** @param value not negative */
    void add(long value) {
        if (count++ == 0) {
            origin = value;
        }
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double distance = value - origin;
        distances += distance;
        squares += distance * distance;
        if (value == 0) {
            zeros++;
        } else {
            batch(value);
        }
    }

    private void batch(long value) {
        if (batched == batch.length) {
            if (batched == BATCH) {
                flush();
            } else {
                batch = Arrays.copyOf(batch, Math.max(1, batched * 2));
            }
        }
        batch[batched++] = value;
    }

    private void flush() {
        if (sketch == null) {
            sketch = new DDSketch(ONE_PERCENT, PaginatedStore::new);
        }
        for (int i = 0; i < batched; i++) {
            sketch.accept(batch[i]);
        }
        batched = 0;
    }

    /** Takes in another metric's values; that one can go on to be used. */
    void merge(MetricStats other) {
        if (other.count == 0) {
            return;
        }
        if (count == 0) {
            origin = other.origin;
        }
        double shift = other.origin - origin;
        squares += other.squares + 2 * shift * other.distances + other.count * shift * shift;
        distances += other.distances + other.count * shift;
        count += other.count;
        zeros += other.zeros;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        for (int i = 0; i < other.batched; i++) {
            batch(other.batch[i]);
        }
        if (other.sketch != null) {
            flush();
            sketch.mergeWith(other.sketch);
        }
    }

    long count() {
        return count;
    }

    long sum() {
        return sum;
    }

    int footprint() {
        return 120 + batch.length * 8 + (sketch == null ? 0 : SKETCH_FOOTPRINT);
    }

    MetricSummary summary(String name) {
        if (sketch != null) {
            flush();
        } else {
            Arrays.sort(batch, 0, batched);
        }
        return new MetricSummary(name, Metrics.unit(name), count, sum, min, max, percentile(0.5), percentile(0.95),
                percentile(0.99), stddev());
    }

    private double stddev() {
        double mean = distances / count;
        return Math.sqrt(Math.max(0, squares / count - mean * mean));
    }

    /** The least value that the given share of all values does not exceed (nearest rank). */
    private double percentile(double share) {
        double rank = Math.ceil(share * count) - 1 - zeros;
        if (rank < 0) {
            return 0;
        }
        if (sketch == null) {
            return batch[(int) rank];
        }
        // Half a rank more keeps the sketch, which multiplies by the number of values again, from rounding below it.
        double value = sketch.getValueAtQuantile(Math.min(1, (rank + 0.5) / (count - zeros - 1)));
        // Below 50, a hundredth is less than half of the distance between two whole numbers.
        return Math.max(min, Math.min(max, value < 50 ? Math.rint(value) : value));
    }
}
