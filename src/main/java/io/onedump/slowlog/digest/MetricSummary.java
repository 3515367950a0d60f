package io.onedump.slowlog.digest;

import java.math.BigDecimal;

import io.onedump.slowlog.parse.Metrics;
import io.onedump.slowlog.parse.Unit;

/**
 * What one metric came to. Count, sum, min and max are exact; percentiles are at most 1 % off. Times are whole
 * millionths of their unit, everything else whole units.
 *
 * @param name   as in the log: {@code Query_time}
 * @param unit   what the values are
 * @param stddev of all values, not of a sample
 */
public record MetricSummary(String name, Unit unit, long count, long sum, long min, long max, double p50, double p95,
        double p99, double stddev) {

    public MetricSummary {
        if (count <= 0) {
            throw new IllegalArgumentException(name + " has no values");
        }
    }

    /** The name in a digest, with its unit: {@code query_time_seconds}. */
    public String digestName() {
        return Metrics.digestName(name);
    }

    /** Sum by count. */
    public double mean() {
        return (double) sum / count;
    }

    /** A value in the metric's unit. */
    public double scaled(double value) {
        return value / unit.scale();
    }

    /** An exact value in the metric's unit. */
    public BigDecimal exact(long value) {
        return unit.scale() == 1 ? BigDecimal.valueOf(value) : BigDecimal.valueOf(value, 6);
    }

    /** How uneven the values are: variance by mean, pt-query-digest's V/M; 0 when all are 0. */
    public double varianceToMean() {
        double mean = scaled(mean());
        return mean == 0 ? 0 : scaled(stddev) * scaled(stddev) / mean;
    }
}
