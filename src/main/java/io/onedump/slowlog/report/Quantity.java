package io.onedump.slowlog.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import io.onedump.slowlog.digest.MetricSummary;
import io.onedump.slowlog.parse.Unit;

/** Numbers as people read them: at most four characters and a unit, as pt-query-digest has them. */
final class Quantity {

    private static final String[] LARGE = {"", "k", "M", "G", "T", "P", "E"};

    private Quantity() {
    }

    static String seconds(double seconds) {
        if (seconds == 0) {
            return "0";
        }
        if (seconds < 0.001) {
            return Math.round(seconds * 1e6) + "us";
        }
        return seconds < 1 ? Math.round(seconds * 1e3) + "ms" : digits(seconds) + "s";
    }

    static String count(double count) {
        return scaled(count, 1000);
    }

    static String bytes(double bytes) {
        return scaled(bytes, 1024);
    }

    static String percent(double percent) {
        return percent > 0 && percent < 10
                ? String.format(Locale.ROOT, "%.1f%%", percent)
                : Math.round(percent) + "%";
    }

    /** One of a metric's figures, in what the metric is measured in. */
    static String of(MetricSummary metric, double value) {
        double scaled = metric.scaled(value);
        return switch (metric.unit()) {
            case SECONDS -> seconds(scaled);
            case MILLISECONDS -> seconds(scaled / 1000);
            case BYTES -> bytes(scaled);
            case COUNT, LABEL -> count(scaled);
        };
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
    }

    /** A name of the log as a heading: {@code Rows_examined} as {@code Rows examined}. */
    static String title(String name) {
        return name.equals("Query_time") ? "Exec time" : name.replace('_', ' ');
    }

    static boolean isTime(MetricSummary metric) {
        return metric.unit() == Unit.SECONDS || metric.unit() == Unit.MILLISECONDS;
    }

    private static String scaled(double value, int step) {
        int unit = 0;
        double scaled = value;
        while (Math.abs(scaled) >= step && unit < LARGE.length - 1) {
            scaled /= step;
            unit++;
        }
        return (unit == 0 && scaled == Math.rint(scaled) ? String.valueOf((long) scaled) : digits(scaled))
                + LARGE[unit];
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 1000 ? "%.1f" : "%.0f", value);
    }
}
