package io.onedump.slowlog;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the events of one class, or of many together. */
final class ClassStats {

    /** Query times from a microsecond, from 10, …, from a second, from 10 seconds. */
    static final int DECADES = 8;
    private static final int FIXED_FOOTPRINT = 700;

    final byte[] fingerprint;
    final long hash;
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
    private Sample sample;
    /** Events whose database is the one from before the piece of the log that is being read. */
    private long inherited;
    private long mayMiss;

    ClassStats(byte[] fingerprint, long hash) {
        this.fingerprint = fingerprint;
        this.hash = hash;
    }

    long count() {
        return count;
    }

    long totalMicros() {
        return metrics[Metrics.QUERY_TIME] == null ? 0 : metrics[Metrics.QUERY_TIME].sum();
    }

    void count(long micros, long queryTime) {
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

    void metric(int name, long value) {
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

    void flag(int name, boolean on) {
        if (name >= yes.length) {
            yes = Arrays.copyOf(yes, name + 8);
            asked = Arrays.copyOf(asked, name + 8);
        }
        asked[name]++;
        if (on) {
            yes[name]++;
        }
    }

    void user(int user, int host) {
        users.add(user, 1);
        hosts.add(host, 1);
    }

    void database(int id, long events) {
        databases.add(id, events);
    }

    void error(int id) {
        errors.add(id, 1);
    }

    /** @return whether this is the first such event since the last {@link #resolve} */
    boolean inheritsDatabase() {
        return inherited++ == 0;
    }

    /** @param database what the events that inherited one had, or null for none */
    void resolve(Integer database) {
        if (database != null) {
            databases.add(database, inherited);
        }
        inherited = 0;
    }

    boolean inherits() {
        return inherited > 0;
    }

    boolean isSlowest(long queryTime) {
        return sample == null || queryTime > sample.micros();
    }

    void sample(Sample slowest) {
        sample = slowest;
    }

    /** Events that may have been counted elsewhere before this class was known. */
    void mayMiss(long events) {
        mayMiss = events;
    }

    void merge(ClassStats other) {
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
        sample = Sample.slower(sample, other.sample);
        inherited += other.inherited;
        mayMiss += other.mayMiss;
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
        int bytes = FIXED_FOOTPRINT + fingerprint.length + timeline.footprint() + yes.length * 16
                + users.footprint() + hosts.footprint() + databases.footprint() + errors.footprint()
                + (sample == null ? 0 : sample.text().length);
        for (MetricStats metric : metrics) {
            bytes += metric == null ? 8 : metric.footprint();
        }
        return bytes;
    }

    /** @param names what the numbers stand for */
    Profile profile(Names.Registry metricNames, Names.Registry names) {
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

    Sample sample() {
        return sample;
    }
}
