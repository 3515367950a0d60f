package io.onedump.slowlog.parse;

import java.util.Arrays;
import java.util.function.LongSupplier;

import io.onedump.slowlog.text.Ascii;

/**
 * What a server leaves out of an event because the event before it said the same: the time within one second and, in
 * MySQL, the database. The server compares with the last event of <em>any</em> connection and starts anew at a banner.
 */
public final class Carry {

    private long micros = Long.MIN_VALUE;
    /** Knows the time from before this piece of the log, or null. */
    private LongSupplier earlier;
    private byte[] db;
    private boolean unknown;

    /** Nothing is carried: the log begins here. */
    public static Carry atStart() {
        return new Carry();
    }

    /**
     * The database before this piece of the log is not known yet.
     *
     * @param earlier waits for the time before this piece, which only the oldest servers' events need
     */
    public static Carry inMiddle(LongSupplier earlier) {
        Carry carry = new Carry();
        carry.unknown = true;
        carry.earlier = earlier;
        return carry;
    }

    /** A carried state that was kept from an earlier run. */
    public static Carry of(byte[] db, long micros) {
        Carry carry = new Carry();
        carry.db = db;
        carry.micros = micros;
        return carry;
    }

    /** Time of the last time line in microseconds, or {@link Long#MIN_VALUE} when there was none. */
    public long micros() {
        if (earlier != null) {
            micros = earlier.getAsLong();
            earlier = null;
        }
        return micros;
    }

    /** Whether the database is still the one from before this piece of the log. */
    public boolean inherits() {
        return unknown;
    }

    /** Name of the carried database, or null. */
    public byte[] db() {
        return db;
    }

    void reset() {
        db = null;
        unknown = false;
    }

    /** Completes an event with what is carried to it and keeps what it carries on. */
    void pass(SlowEvent event) {
        if (event.hasTime) {
            micros = event.time.micros;
            earlier = null;
        }
        if (event.database == SlowEvent.Database.NAMED) {
            keep(event);
        } else if (event.dbBuf == null) {
            inherit(event);
        }
    }

    private void inherit(SlowEvent event) {
        if (unknown) {
            event.database = SlowEvent.Database.INHERITED;
        } else if (db != null) {
            event.database = SlowEvent.Database.CARRIED;
            event.dbBuf = db;
            event.dbFrom = 0;
            event.dbTo = db.length;
        }
    }

    private void keep(SlowEvent event) {
        unknown = false;
        int length = event.dbTo - event.dbFrom;
        if (db == null || db.length != length || !Ascii.startsWith(event.dbBuf, event.dbFrom, event.dbTo, db)) {
            db = Arrays.copyOfRange(event.dbBuf, event.dbFrom, event.dbTo);
        }
    }
}
