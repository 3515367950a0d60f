package io.onedump.slowlog.digest;

import java.util.Arrays;

import io.onedump.slowlog.text.Names;

/** Adds up the events of one class, or of many together. Its first event stays packed until there is a second. */
final class ClassStats {

    /** With what its summary takes at the end, when all classes have one. */
    private static final int FIXED_FOOTPRINT = 1_800;

    final byte[] fingerprint;
    final long hash;
    private long[] only;
    private EventSums sums;
    private Sample sample;
    /** Events whose database is the one from before the piece of the log that is being read. */
    private long inherited;
    private long mayMiss;

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

    void add(EventValues event) {
        if (only == null && sums == null) {
            only = Arrays.copyOf(event.packed, event.length);
        } else {
            sums().add(event.packed, event.length);
        }
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
        if (database != null && only != null) {
            only[EventValues.DATABASE] = database;
        } else if (database != null) {
            sums().database(database, inherited);
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

    Sample sample() {
        return sample;
    }

    /** Events that may have been counted elsewhere before this class was known. */
    void mayMiss(long events) {
        mayMiss = events;
    }

    void merge(ClassStats other) {
        if (other.only != null) {
            sums().add(other.only, other.only.length);
        } else if (other.sums != null) {
            sums().merge(other.sums);
        }
        sample = Sample.slower(sample, other.sample);
        inherited += other.inherited;
        mayMiss += other.mayMiss;
    }

    /** About how many bytes of memory it takes. */
    int footprint() {
        return FIXED_FOOTPRINT + fingerprint.length + (sample == null ? 0 : sample.text().length)
                + (only != null ? only.length * 8 : sums == null ? 0 : sums.footprint());
    }

    /** @param names what the numbers stand for */
    Profile profile(Names.Registry metricNames, Names.Registry names) {
        return sums().profile(metricNames, names, mayMiss);
    }
}
