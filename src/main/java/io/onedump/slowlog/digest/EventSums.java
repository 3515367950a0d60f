package io.onedump.slowlog.digest;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.onedump.slowlog.parse.Metrics;
import io.onedump.slowlog.text.Names;

/** Adds up many events: every metric, flag and name, and when they were. */
final class EventSums {

    /** Query times from a microsecond, from 10, …, from a second, from 10 seconds. */
    static final int DECADES = 8;
    private static final int FIXED_FOOTPRINT = 760;

    private long count;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;
    private MetricStats[] metrics = new MetricStats[Metrics.QUERY_SIZE + 1];
    private long[] yes = {};
    private long[] asked = {};
    private final long[] histogram = new long[DECADES];
    private Timeline timeline = new Timeline();
    private Tally users = new Tally();
    private Tally hosts = new Tally();
    private Tally databases = new Tally();
    private Tally errors = new Tally();

    long count() {
        return count;
    }

    long totalMicros() {
        return metrics[Metrics.QUERY_TIME] == null ? 0 : metrics[Metrics.QUERY_TIME].sum();
    }

    /**
     * Adds an event that is packed as in {@link EventValues}.
     *
     * @return bytes of memory that it takes more than before
     */
    int add(long[] event, int length) {
        int grown = count(event[EventValues.MICROS], event[EventValues.QUERY_TIME]);
        grown += name(users, event[EventValues.USER]);
        grown += name(hosts, event[EventValues.HOST]);
        grown += name(databases, event[EventValues.DATABASE]);
        grown += name(errors, event[EventValues.ERROR]);
        for (int i = EventValues.FIRST_VALUE; i < length; i += 2) {
            int metric = (int) event[i];
            long value = event[i + 1];
            if (value >= 0) {
                grown += metric(metric, value);
            } else {
                flag(metric, value == EventValues.YES);
            }
        }
        return grown;
    }

    private static int name(Tally tally, long id) {
        return id == EventValues.NONE ? 0 : tally.add((int) id, 1);
    }

    /** Events of which only now is known what database they ran in. */
    void database(int id, long events) {
        databases.add(id, events);
    }

    private int count(long micros, long queryTime) {
        count++;
        if (queryTime >= 0) {
            histogram[decade(queryTime)]++;
        }
        if (micros != Timeline.UNKNOWN) {
            firstMicros = Math.min(firstMicros, micros);
            lastMicros = Math.max(lastMicros, micros);
            return timeline.add(micros, Math.max(queryTime, 0));
        }
        return 0;
    }

    private static int decade(long micros) {
        int decade = 0;
        for (long limit = 10; decade < DECADES - 1 && micros >= limit; limit *= 10) {
            decade++;
        }
        return decade;
    }

    private int metric(int name, long value) {
        MetricStats stats = name < metrics.length ? metrics[name] : null;
        return stats == null ? newMetric(name).footprint() + metrics[name].add(value) : stats.add(value);
    }

    private MetricStats newMetric(int name) {
        return place(name, new MetricStats());
    }

    private MetricStats place(int name, MetricStats stats) {
        if (name >= metrics.length) {
            metrics = Arrays.copyOf(metrics, name + 8);
        }
        metrics[name] = stats;
        return stats;
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
        MetricStats mine = name < metrics.length ? metrics[name] : null;
        (mine == null ? newMetric(name) : mine).merge(other);
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

    /** Gives up what only further events need. */
    void settle() {
        for (MetricStats metric : metrics) {
            if (metric != null) {
                metric.settle();
            }
        }
    }

    void write(PackedWriter out) {
        out.number(count);
        out.number(firstMicros);
        out.number(lastMicros);
        out.number(Arrays.stream(metrics).filter(Objects::nonNull).count());
        for (int i = 0; i < metrics.length; i++) {
            if (metrics[i] != null) {
                out.number(i);
                metrics[i].write(out);
            }
        }
        out.numbers(yes, yes.length);
        out.numbers(asked, asked.length);
        out.numbers(histogram, DECADES);
        timeline.write(out);
        users.write(out);
        hosts.write(out);
        databases.write(out);
        errors.write(out);
    }

    static EventSums read(PackedReader in) throws IOException {
        EventSums sums = new EventSums();
        sums.count = in.number();
        sums.firstMicros = in.number();
        sums.lastMicros = in.number();
        for (long left = in.number(); left > 0; left--) {
            sums.place((int) in.number(), MetricStats.read(in));
        }
        sums.yes = in.numbers();
        sums.asked = in.numbers();
        System.arraycopy(in.numbers(), 0, sums.histogram, 0, DECADES);
        sums.timeline = Timeline.read(in);
        sums.users = Tally.read(in);
        sums.hosts = Tally.read(in);
        sums.databases = Tally.read(in);
        sums.errors = Tally.read(in);
        return sums;
    }

    /** @param names what the numbers stand for */
    Profile profile(Names.Registry metricNames, Names.Registry names) {
        Map<String, MetricSummary> summaries = new TreeMap<>();
        for (int i = 0; i < metrics.length; i++) {
            if (metrics[i] != null && metricNames.isKept(i)) {
                summaries.put(metricNames.name(i), metrics[i].summary(metricNames.name(i)));
            }
        }
        Map<String, Profile.Flag> flags = new TreeMap<>();
        for (int i = 0; i < asked.length; i++) {
            if (asked[i] > 0 && metricNames.isKept(i)) {
                flags.put(metricNames.name(i), new Profile.Flag(yes[i], asked[i]));
            }
        }
        boolean timed = firstMicros <= lastMicros;
        return new Profile(count, summaries, flags, users.summary(names), hosts.summary(names),
                databases.summary(names), errors.summary(names), timed ? firstMicros : Timeline.UNKNOWN,
                timed ? lastMicros : Timeline.UNKNOWN, histogram.clone(), timeline.summary());
    }
}
