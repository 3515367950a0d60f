package io.onedump.slowlog.parse;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Names;

/**
 * One event of a log, as ranges of the buffer it was read from. The parser fills the same object again for every event,
 * so that reading costs no garbage: whoever wants to keep something copies it.
 */
public final class SlowEvent {

    /** What is known of the database that a statement ran in. */
    public enum Database {
        /** The event names it: {@code use db;} or {@code Schema:}. */
        NAMED,
        /** The server left it out because the event before had the same. */
        CARRIED,
        /** None. */
        NONE,
        /** Carried over from before the piece of the log that is being read. */
        INHERITED
    }

    public static final int MAX_VALUES = 256;

    public byte[] buf;
    /** Byte offset in the log of {@code buf[0]}. */
    public long base;
    /** The event's first byte and the byte after its last. */
    public int from;
    public int to;

    /** The statement, or an administrator command's name, without the last semicolon. */
    public int textFrom;
    public int textTo;
    public boolean admin;
    /** The log ended inside the statement. */
    public boolean cut;

    public final LogTime time = new LogTime();
    public boolean hasTime;
    /** Microseconds since 1970 of {@code SET timestamp=}, or -1. */
    public long setTimestamp;
    /** Knows the time of the last {@code # Time:} line before this event. */
    Carry carry;

    public boolean hasUser;
    public int userFrom;
    public int userTo;
    public int privUserFrom;
    public int privUserTo;
    public int hostFrom;
    public int hostTo;
    public int ipFrom;
    public int ipTo;
    /** The connection's number, or -1. */
    public long threadId;

    public Database database;
    public byte[] dbBuf;
    public int dbFrom;
    public int dbTo;

    /** The header's values in the log's order; {@link #names} are ids of the parser's {@link Names}. */
    public int values;
    public final int[] names = new int[MAX_VALUES];
    public final int[] valueFrom = new int[MAX_VALUES];
    public final int[] valueTo = new int[MAX_VALUES];
    int malformed;

    void clear(byte[] buffer, long baseOffset, int start) {
        buf = buffer;
        base = baseOffset;
        from = start;
        textFrom = start;
        textTo = start;
        admin = false;
        cut = false;
        hasTime = false;
        setTimestamp = -1;
        hasUser = false;
        threadId = -1;
        database = Database.NONE;
        dbBuf = null;
        values = 0;
        malformed = 0;
    }

    /** The event names its database; an empty name is none. */
    void database(byte[] nameBuf, int nameFrom, int nameTo) {
        database = nameFrom == nameTo ? Database.NONE : Database.NAMED;
        dbBuf = nameBuf;
        dbFrom = nameFrom;
        dbTo = nameTo;
    }

    /** Position of a value in the header, or -1. */
    public int indexOf(int name) {
        for (int i = 0; i < values; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    /** The query time in microseconds, or -1 when it is not known. */
    public long queryMicros() {
        int i = indexOf(Metrics.QUERY_TIME);
        return i < 0 ? -1 : Ascii.parseMicros(buf, valueFrom[i], valueTo[i]);
    }

    /**
     * When it happened, in microseconds since 1970, or {@link Long#MIN_VALUE} when the log does not say. A zoned time
     * line is exact; without a zone {@code SET timestamp} is the only time that does not depend on the server's clock
     * settings; a local time is taken as UTC.
     */
    public long micros() {
        if (hasTime && time.zoned) {
            return time.micros;
        }
        if (setTimestamp >= 0) {
            return setTimestamp;
        }
        return hasTime ? time.micros : carry.micros();
    }
}
