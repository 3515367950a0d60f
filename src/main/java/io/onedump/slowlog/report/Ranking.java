package io.onedump.slowlog.report;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.MetricSummary;
import io.onedump.slowlog.digest.Profile;

/**
 * By what the classes of a digest are ranked, the largest first.
 *
 * @param metric name in lower case, as in the log or with its unit as in a digest; {@code count} for the events
 * @param figure which of its figures
 */
public record Ranking(String metric, Figure figure) {

    /** A figure of a metric. */
    public enum Figure {
        SUM, MIN, MAX, MEAN, P50, P95, P99, STDDEV, COUNT
    }

    /** By the sum of the query time: where the server's time goes. */
    public static final Ranking DEFAULT = new Ranking("query_time", Figure.SUM);

    private static final String COUNT = "count";

    /**
     * Parses {@code metric} or {@code metric:figure}, for example {@code rows_examined:max}; the figure is {@code sum}
     * when there is none.
     *
     * @throws IllegalArgumentException for a figure that does not exist
     */
    public static Ranking parse(String text) {
        String[] parts = text.trim().toLowerCase(Locale.ROOT).split(":", 2);
        if (parts.length == 1) {
            return new Ranking(parts[0], Figure.SUM);
        }
        try {
            return new Ranking(parts[0], Figure.valueOf(parts[1].toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot rank by '" + text + "': '" + parts[1]
                    + "' is not one of sum, min, max, mean, p50, p95, p99, stddev, count");
        }
    }

    /** Of which classes most are listed when there are more than can be; null for their query time. */
    public ToDoubleFunction<Profile> weight() {
        return equals(DEFAULT) ? null : this::value;
    }

    /** The classes, the largest first; equal ones stay in their order. */
    List<ClassSummary> rank(List<ClassSummary> classes) {
        // A class is packed: its value is made once and not for every comparison.
        Map<ClassSummary, Double> values = new IdentityHashMap<>();
        classes.forEach(c -> values.put(c, value(c)));
        return classes.stream().sorted(Comparator.comparing(values::get, Comparator.reverseOrder())).toList();
    }

    /** What a class is ranked by. */
    double value(ClassSummary c) {
        return equals(DEFAULT) ? c.querySeconds() : value(c.profile());
    }

    /** Whether the figure of several classes together is the sum of theirs. */
    boolean addsUp() {
        return metric.equals(COUNT) || figure == Figure.SUM || figure == Figure.COUNT;
    }

    /** What is ranked by; 0 when the events do not carry the metric. */
    public double value(Profile profile) {
        if (metric.equals(COUNT)) {
            return profile.count();
        }
        return profile.metrics().values().stream().filter(this::matches).findFirst().map(this::figure).orElse(0.0);
    }

    private boolean matches(MetricSummary candidate) {
        return candidate.name().equalsIgnoreCase(metric) || candidate.digestName().equals(metric);
    }

    private double figure(MetricSummary of) {
        return switch (figure) {
            case SUM -> of.scaled(of.sum());
            case MIN -> of.scaled(of.min());
            case MAX -> of.scaled(of.max());
            case MEAN -> of.scaled(of.mean());
            case P50 -> of.scaled(of.p50());
            case P95 -> of.scaled(of.p95());
            case P99 -> of.scaled(of.p99());
            case STDDEV -> of.scaled(of.stddev());
            case COUNT -> of.count();
        };
    }

    @Override
    public String toString() {
        return metric.equals(COUNT) ? COUNT : metric + ":" + figure.name().toLowerCase(Locale.ROOT);
    }
}
