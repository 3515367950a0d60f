package io.onedump.slowlog.digest;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.onedump.slowlog.text.Names;

/** Adds up the events of one class, or of many together. Its first event stays packed until there is a second. */
final class ClassStats {

    /** One order for all readers and files, so that they can be merged class by class. */
    static final Comparator<ClassStats> BY_FINGERPRINT =
            (a, b) -> a.hash != b.hash ? Long.compare(a.hash, b.hash) : Arrays.compare(a.fingerprint, b.fingerprint);

    private static final int FIXED_FOOTPRINT = 120;
    private static final int SAMPLE_FOOTPRINT = 80;
    private static final int NOTHING = 0;
    private static final int ONE = 1;
    private static final int MANY = 2;

    final byte[] fingerprint;
    final long hash;
    private long[] only;
    private EventSums sums;
    private Sample sample;
    /** Events whose database is the one from before the piece of the log that is being read. */
    private long inherited;

    ClassStats(byte[] fingerprint, long hash) {
        this.fingerprint = fingerprint;
        this.hash = hash;
    }

    long count() {
        return only != null ? 1 : sums == null ? 0 : sums.count();
    }

    long totalMicros() {
        return only != null ? Math.max(0, only[EventValues.QUERY_TIME]) : sums == null ? 0 : sums.totalMicros();
    }

    /** @return bytes of memory that it takes more than before */
    int add(EventValues event) {
        if (only == null && sums == null) {
            only = Arrays.copyOf(event.packed, event.length);
            return only.length * Long.BYTES;
        }
        if (sums == null) {
            return sums().footprint() + sums.add(event.packed, event.length);
        }
        return sums.add(event.packed, event.length);
    }

    private EventSums sums() {
        if (sums == null) {
            sums = new EventSums();
            if (only != null) {
                sums.add(only, only.length);
                only = null;
            }
        }
        return sums;
    }

    /** @return whether this is the first such event since the last {@link #resolve} */
    boolean inheritsDatabase() {
        return inherited++ == 0;
    }

    /** @param database what the events that inherited one had, or null for none */
    void resolve(Integer database) {
        if (database != null && inherited > 0) {
            if (only != null) {
                only[EventValues.DATABASE] = database;
            } else {
                sums().database(database, inherited);
            }
        }
        inherited = 0;
    }

    boolean isSlowest(long queryTime) {
        return sample == null || queryTime > sample.micros();
    }

    /** @return bytes of memory that it takes more than before */
    int sample(Sample slowest) {
        int before = sample == null ? -SAMPLE_FOOTPRINT : sample.text().length;
        sample = slowest;
        return slowest.text().length - before;
    }

    Sample sample() {
        return sample;
    }

    void merge(ClassStats other) {
        if (other.only != null) {
            sums().add(other.only, other.only.length);
        } else if (other.sums != null) {
            sums().merge(other.sums);
        }
        sample = Sample.slower(sample, other.sample);
    }

    /** About how many bytes of memory a class takes that has no event yet. */
    int footprint() {
        return FIXED_FOOTPRINT + fingerprint.length;
    }

    /** Gives up what only further events need. */
    void settle() {
        sums().settle();
    }

    void write(PackedWriter out) {
        out.number(hash);
        out.bytes(fingerprint);
        out.number(inherited);
        out.number(sample == null ? 0 : 1);
        if (sample != null) {
            sample.write(out);
        }
        if (only != null) {
            out.number(ONE);
            out.numbers(only, only.length);
        } else if (sums != null) {
            out.number(MANY);
            sums.write(out);
        } else {
            out.number(NOTHING);
        }
    }

    /** @param logs names of the logs */
    static ClassStats read(byte[] packed, List<String> logs) throws IOException {
        PackedReader in = new PackedReader(packed);
        long hash = in.number();
        ClassStats stats = new ClassStats(in.bytes(), hash);
        stats.inherited = in.number();
        if (in.number() != 0) {
            stats.sample = Sample.read(in, logs);
        }
        switch ((int) in.number()) {
            case NOTHING -> {
            }
            case ONE -> stats.only = in.numbers();
            case MANY -> stats.sums = EventSums.read(in);
            default -> throw in.damaged();
        }
        return stats;
    }

    /** @param names what the numbers stand for */
    Profile profile(Names.Registry metricNames, Names.Registry names) {
        return sums().profile(metricNames, names);
    }
}
