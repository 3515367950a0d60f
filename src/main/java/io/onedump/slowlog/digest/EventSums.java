package io.onedump.slowlog.digest;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import io.onedump.slowlog.parse.Metrics;
import io.onedump.slowlog.text.Names;

/** Adds up many events: every metric, flag and name, and when they were. */
final class EventSums {

    /** Query times from a microsecond, from 10, …, from a second, from 10 seconds. */
    static final int DECADES = 8;
    private static final int FIXED_FOOTPRINT = 500;

    private long count;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;
    private MetricStats[] metrics = new MetricStats[Metrics.QUERY_SIZE + 1];
    private long[] yes = {};
    private long[] asked = {};
    private final long[] histogram = new long[DECADES];
    private final Timeline timeline = new Timeline();
    private final Tally users = new Tally();
    private final Tally hosts = new Tally();
    private final Tally databases = new Tally();
    private final Tally errors = new Tally();

    long count() {
        return count;
    }

    long totalMicros() {
        return metrics[Metrics.QUERY_TIME] == null ? 0 : metrics[Metrics.QUERY_TIME].sum();
    }

    /** Adds an event that is packed as in {@link EventValues}. */
    void add(long[] event, int length) {
        count(event[EventValues.MICROS], event[EventValues.QUERY_TIME]);
        name(users, event[EventValues.USER]);
        name(hosts, event[EventValues.HOST]);
        name(databases, event[EventValues.DATABASE]);
        name(errors, event[EventValues.ERROR]);
        for (int i = EventValues.FIRST_VALUE; i < length; i += 2) {
            int metric = (int) event[i];
            long value = event[i + 1];
            if (value >= 0) {
                metric(metric, value);
            } else {
                flag(metric, value == EventValues.YES);
            }
        }
    }

    private static void name(Tally tally, long id) {
        if (id != EventValues.NONE) {
            tally.add((int) id, 1);
        }
    }

    /** Events of which only now is known what database they ran in. */
    void database(int id, long events) {
        databases.add(id, events);
    }

    private void count(long micros, long queryTime) {
        count++;
        if (queryTime >= 0) {
            histogram[decade(queryTime)]++;
        }
        if (micros != Timeline.UNKNOWN) {
            firstMicros = Math.min(firstMicros, micros);
            lastMicros = Math.max(lastMicros, micros);
            timeline.add(micros, Math.max(queryTime, 0));
        }
    }

    private static int decade(long micros) {
        int decade = 0;
        for (long limit = 10; decade < DECADES - 1 && micros >= limit; limit *= 10) {
            decade++;
        }
        return decade;
    }

    private void metric(int name, long value) {
        if (name >= metrics.length) {
            metrics = Arrays.copyOf(metrics, name + 8);
        }
        MetricStats stats = metrics[name];
        if (stats == null) {
            stats = new MetricStats();
            metrics[name] = stats;
        }
        stats.add(value);
    }

    private void flag(int name, boolean on) {
        if (name >= yes.length) {
            yes = Arrays.copyOf(yes, name + 8);
            asked = Arrays.copyOf(asked, name + 8);
        }
        asked[name]++;
        if (on) {
            yes[name]++;
        }
    }

    void merge(EventSums other) {
        count += other.count;
        firstMicros = Math.min(firstMicros, other.firstMicros);
        lastMicros = Math.max(lastMicros, other.lastMicros);
        for (int i = 0; i < other.metrics.length; i++) {
            if (other.metrics[i] != null) {
                mergeMetric(i, other.metrics[i]);
            }
        }
        for (int i = 0; i < other.yes.length; i++) {
            if (other.asked[i] > 0) {
                flag(i, false);
                asked[i] += other.asked[i] - 1;
                yes[i] += other.yes[i];
            }
        }
        for (int i = 0; i < DECADES; i++) {
            histogram[i] += other.histogram[i];
        }
        timeline.merge(other.timeline);
        users.merge(other.users);
        hosts.merge(other.hosts);
        databases.merge(other.databases);
        errors.merge(other.errors);
    }

    private void mergeMetric(int name, MetricStats other) {
        if (name >= metrics.length) {
            metrics = Arrays.copyOf(metrics, name + 8);
        }
        if (metrics[name] == null) {
            metrics[name] = new MetricStats();
        }
        metrics[name].merge(other);
    }

    /** About how many bytes of memory it takes. */
    int footprint() {
        int bytes = FIXED_FOOTPRINT + timeline.footprint() + yes.length * 16 + users.footprint() + hosts.footprint()
                + databases.footprint() + errors.footprint();
        for (MetricStats metric : metrics) {
            bytes += metric == null ? 8 : metric.footprint();
        }
        return bytes;
    }

    /**
     * @param names   what the numbers stand for
     * @param mayMiss events that were counted elsewhere
     */
    Profile profile(Names.Registry metricNames, Names.Registry names, long mayMiss) {
        Map<String, MetricSummary> summaries = new TreeMap<>();
        for (int i = 0; i < metrics.length; i++) {
            if (metrics[i] != null && metrics[i].count() > 0) {
                summaries.put(metricNames.name(i), metrics[i].summary(metricNames.name(i)));
            }
        }
        Map<String, Profile.Flag> flags = new TreeMap<>();
        for (int i = 0; i < asked.length; i++) {
            if (asked[i] > 0) {
                flags.put(metricNames.name(i), new Profile.Flag(yes[i], asked[i]));
            }
        }
        boolean timed = firstMicros <= lastMicros;
        return new Profile(count, summaries, flags, users.summary(names), hosts.summary(names),
                databases.summary(names), errors.summary(names), timed ? firstMicros : Timeline.UNKNOWN,
                timed ? lastMicros : Timeline.UNKNOWN, histogram.clone(), timeline.summary(), mayMiss);
    }
}
