package io.onedump.slowlog.digest;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import io.onedump.slowlog.parse.Metrics;

/**
 * Adds up one metric: exact count, sum, minimum, maximum and variance, and percentiles. The first values are kept as
 * they are; when there are more, they are counted in buckets that are at most 1 % off (Masson, Rim, Lee: DDSketch,
 * 2019). All of it is whole numbers, so it comes to the same in whatever order values are added and parts are merged.
 */
final class MetricStats {

    private static final IndexMapping ONE_PERCENT = new CubicallyInterpolatedMapping(0.01);
    /** So many values other than 0 are kept as they are. */
    private static final int FEW = 64;
    private static final int SLACK = 16;
    private static final int FIXED_FOOTPRINT = 112;
    private static final double[] SHARES = {0.5, 0.95, 0.99};
    private static final int AS_VALUES = 0;
    private static final int AS_BUCKETS = 1;
    private static final int AS_PERCENTILES = 2;

    private long count;
    private long zeros;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    /** The sum of all squares, 128 bits of it. */
    private long squaresHigh;
    private long squaresLow;
    /** Values other than 0, or null when they are counted in buckets. */
    private long[] few = {};
    private int used;
    private long[] buckets;
    private int firstBucket;
    /** In place of values and buckets when nothing is to be added any more. */
    private double[] percentiles;

    /**
     * @param value not negative
     * @return bytes of memory that it takes more than before
     */
    int add(long value) {
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (value == 0) {
            zeros++;
            return 0;
        }
        addSquares(Math.multiplyHigh(value, value), value * value);
        return place(value);
    }

    private void addSquares(long high, long low) {
        squaresLow += low;
        squaresHigh += high + (Long.compareUnsigned(squaresLow, low) < 0 ? 1 : 0);
    }

    private int place(long value) {
        if (few == null) {
            return count(ONE_PERCENT.index(value), 1);
        }
        if (used < few.length) {
            few[used++] = value;
            return 0;
        }
        return used == FEW ? toBuckets() + place(value) : grow(value);
    }

    private int grow(long value) {
        int before = few.length;
        few = Arrays.copyOf(few, Math.min(FEW, Math.max(1, before * 2)));
        few[used++] = value;
        return (few.length - before) * Long.BYTES;
    }

    private int toBuckets() {
        long[] values = few;
        few = null;
        int grown = -values.length * Long.BYTES;
        for (int i = 0; i < used; i++) {
            grown += count(ONE_PERCENT.index(values[i]), 1);
        }
        used = 0;
        return grown;
    }

    private int count(int bucket, long values) {
        int grown = buckets == null || bucket < firstBucket || bucket >= firstBucket + buckets.length
                ? makeRoom(bucket)
                : 0;
        buckets[bucket - firstBucket] += values;
        return grown;
    }

    private int makeRoom(int bucket) {
        if (buckets == null) {
            firstBucket = bucket - SLACK / 2;
            buckets = new long[SLACK];
            return SLACK * Long.BYTES;
        }
        int first = bucket < firstBucket ? bucket - SLACK : firstBucket;
        int end = Math.max(firstBucket + buckets.length, bucket + SLACK);
        long[] larger = new long[end - first];
        System.arraycopy(buckets, 0, larger, firstBucket - first, buckets.length);
        int grown = (larger.length - buckets.length) * Long.BYTES;
        buckets = larger;
        firstBucket = first;
        return grown;
    }

    /** Takes in another metric's values; that one can go on to be used. */
    void merge(MetricStats other) {
        count += other.count;
        zeros += other.zeros;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        addSquares(other.squaresHigh, other.squaresLow);
        if (other.few != null) {
            for (int i = 0; i < other.used; i++) {
                place(other.few[i]);
            }
            return;
        }
        if (few != null) {
            toBuckets();
        }
        for (int i = 0; i < other.buckets.length; i++) {
            if (other.buckets[i] > 0) {
                count(other.firstBucket + i, other.buckets[i]);
            }
        }
    }

    long count() {
        return count;
    }

    long sum() {
        return sum;
    }

    int footprint() {
        return FIXED_FOOTPRINT + (few == null ? 0 : few.length * Long.BYTES)
                + (buckets == null ? 0 : buckets.length * Long.BYTES);
    }

    /** Gives up what only further values need. */
    void settle() {
        percentiles = percentiles();
        few = null;
        buckets = null;
    }

    MetricSummary summary(String name) {
        double[] values = percentiles == null ? percentiles() : percentiles;
        return new MetricSummary(name, Metrics.unit(name), count, sum, min, max, values[0], values[1], values[2],
                stddev());
    }

    private double stddev() {
        BigInteger n = BigInteger.valueOf(count);
        BigInteger low = BigInteger.valueOf(squaresLow >>> 1).shiftLeft(1).add(BigInteger.valueOf(squaresLow & 1));
        BigInteger squares = BigInteger.valueOf(squaresHigh).shiftLeft(Long.SIZE).add(low);
        BigInteger total = BigInteger.valueOf(sum);
        double variance = n.multiply(squares).subtract(total.multiply(total)).doubleValue()
                / n.multiply(n).doubleValue();
        return Math.sqrt(Math.max(0, variance));
    }

    /** The least values that each of the shares of all values does not exceed (nearest rank). */
    private double[] percentiles() {
        if (few != null) {
            Arrays.sort(few, 0, used);
        }
        double[] values = new double[SHARES.length];
        for (int i = 0; i < SHARES.length; i++) {
            long rank = (long) Math.ceil(SHARES[i] * count) - 1 - zeros;
            values[i] = rank < 0 ? 0 : few != null ? few[(int) rank] : ofBuckets(rank);
        }
        return values;
    }

    private double ofBuckets(long rank) {
        long before = 0;
        int i = 0;
        while (before + buckets[i] <= rank) {
            before += buckets[i++];
        }
        double value = ONE_PERCENT.value(firstBucket + i);
        // Below 50, a hundredth is less than half of the distance between two whole numbers.
        return Math.max(min, Math.min(max, value < 50 ? Math.rint(value) : value));
    }

    void write(PackedWriter out) {
        out.number(count);
        out.number(zeros);
        out.number(sum);
        out.number(min);
        out.number(max);
        out.number(squaresHigh);
        out.number(squaresLow);
        if (percentiles != null) {
            out.number(AS_PERCENTILES);
            for (double percentile : percentiles) {
                out.bits(percentile);
            }
        } else if (few != null) {
            out.number(AS_VALUES);
            out.numbers(few, used);
        } else {
            out.number(AS_BUCKETS);
            out.signed(firstBucket);
            out.numbers(buckets, buckets.length);
        }
    }

    static MetricStats read(PackedReader in) throws IOException {
        MetricStats stats = new MetricStats();
        stats.count = in.number();
        stats.zeros = in.number();
        stats.sum = in.number();
        stats.min = in.number();
        stats.max = in.number();
        stats.squaresHigh = in.number();
        stats.squaresLow = in.number();
        switch ((int) in.number()) {
            case AS_PERCENTILES -> {
                stats.few = null;
                stats.percentiles = new double[SHARES.length];
                for (int i = 0; i < SHARES.length; i++) {
                    stats.percentiles[i] = in.bits();
                }
            }
            case AS_VALUES -> {
                stats.few = in.numbers();
                stats.used = stats.few.length;
            }
            case AS_BUCKETS -> {
                stats.few = null;
                stats.firstBucket = (int) in.signed();
                stats.buckets = in.numbers();
            }
            default -> throw in.damaged();
        }
        return stats;
    }
}
