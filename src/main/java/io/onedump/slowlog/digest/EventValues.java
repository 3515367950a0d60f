package io.onedump.slowlog.digest;

import java.util.Arrays;

import io.onedump.slowlog.parse.SlowEvent;

/**
 * What a digest keeps of one event, packed into numbers. A class that has had one event only is nothing but this: a log
 * in which every statement is another has millions of those.
 */
final class EventValues {

    /** Where the numbers are: the first six, then pairs of a metric's number and its value. */
    static final int MICROS = 0;
    static final int QUERY_TIME = 1;
    static final int USER = 2;
    static final int HOST = 3;
    static final int DATABASE = 4;
    static final int ERROR = 5;
    static final int FIRST_VALUE = 6;

    /** A name that the event does not have. */
    static final long NONE = Long.MIN_VALUE;
    /** In place of a value, which is never negative. */
    static final long NO = -1;
    static final long YES = -2;

    final long[] packed = new long[FIRST_VALUE + 2 * (SlowEvent.MAX_VALUES + 1)];
    int length;

    /** Begins a new event. */
    void begin(long micros, long queryTime) {
        packed[MICROS] = micros;
        packed[QUERY_TIME] = queryTime;
        Arrays.fill(packed, USER, FIRST_VALUE, NONE);
        length = FIRST_VALUE;
    }

    void name(int which, int id) {
        packed[which] = id;
    }

    /** @param value not negative, or {@link #NO} or {@link #YES} */
    void value(int metric, long value) {
        packed[length++] = metric;
        packed[length++] = value;
    }
}
