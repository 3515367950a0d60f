package io.onedump.slowlog.digest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

import io.onedump.slowlog.parse.Metrics;

/**
 * What a number of events came to.
 *
 * @param metrics    by their name in the log
 * @param flags      Yes/No values by their name in the log
 * @param users      and hosts, databases, error numbers: events of each, the most frequent first
 * @param first      and last: microseconds since 1970, or {@link Timeline#UNKNOWN}
 * @param histogram  events by query time: from 1 µs, 10 µs, … 10 s
 */
public record Profile(long count, Map<String, MetricSummary> metrics, Map<String, Flag> flags, Map<String, Long> users,
        Map<String, Long> hosts, Map<String, Long> databases, Map<String, Long> errors, long first, long last,
        long[] histogram, TimelineSummary timeline) {

    /** A Yes/No value: how many events said yes of how many that carried it. */
    public record Flag(long yes, long asked) {

        public double percent() {
            return 100.0 * yes / asked;
        }
    }

    Profile withoutLiterals() {
        return new Profile(count, ofServers(metrics), ofServers(flags), users, hosts, databases, errors, first, last,
                histogram, timeline);
    }

    private static <T> Map<String, T> ofServers(Map<String, T> values) {
        Map<String, T> known = new TreeMap<>(values);
        known.keySet().removeIf(name -> !Metrics.isOfServers(name));
        return known;
    }

    /** Null when the log carries none. */
    public MetricSummary queryTime() {
        return metrics.get("Query_time");
    }

    /** In seconds; 0 when the log carries none. */
    public double queryTimeSum() {
        MetricSummary time = queryTime();
        return time == null ? 0 : time.scaled(time.sum());
    }

    /** Whether the log says when the events were. */
    public boolean isTimed() {
        return first != Timeline.UNKNOWN;
    }

    /** A moment of {@link #first}, {@link #last} or a timeline. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Seconds from the first to the last event. */
    public double seconds() {
        return isTimed() ? (last - first) / 1e6 : 0;
    }
}
