package io.onedump.slowlog.log;

import io.onedump.slowlog.parse.Carry;

/**
 * Where reading a log ended and what the events after it inherit.
 *
 * @param offset byte offset in the log
 * @param db     the database that is carried on, or null
 * @param micros time of the last time line, or {@link Long#MIN_VALUE}
 */
public record LogPosition(long offset, byte[] db, long micros) {

    static final LogPosition START = new LogPosition(0, null, Long.MIN_VALUE);

    public Carry carry() {
        return Carry.of(db, micros);
    }
}
