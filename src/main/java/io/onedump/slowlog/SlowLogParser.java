package io.onedump.slowlog;

import static io.onedump.slowlog.Ascii.lineEnd;
import static io.onedump.slowlog.Ascii.startsWith;
import static io.onedump.slowlog.Ascii.trimEnd;

/**
 * Splits a slow log into events. Reads the logs of MySQL 5.0 to 9.x (with {@code log_slow_extra} too), Percona Server,
 * MariaDB, RDS and Aurora, in any mixture. It works on bytes, keeps nothing but what one event carries over to the next,
 * and never throws because of what a log holds.
 */
final class SlowLogParser {

    static final byte[] USE = Ascii.bytes("use ");
    static final byte[] SET = Ascii.bytes("SET ");
    private static final byte[] TIMESTAMP = Ascii.bytes("timestamp=");
    private static final byte[] INSERT_ID = Ascii.bytes("insert_id=");
    private static final byte[] LAST_INSERT_ID = Ascii.bytes("last_insert_id=");

    private final SlowEvent event = new SlowEvent();
    private final StatementScanner scanner = new StatementScanner();
    private final HeaderReader headers;
    private final EventHandler handler;
    private final ParseHealth health = new ParseHealth();
    private final Carry carry;

    private byte[] buf;
    private int to;
    private boolean last;
    /** A header may begin at the next line: it follows the log's start, a blank line, a banner or a semicolon. */
    private boolean boundary = true;
    private boolean sawTimestamp;

    SlowLogParser(Names names, Carry carry, EventHandler handler) {
        this.headers = new HeaderReader(names);
        this.carry = carry;
        this.handler = handler;
    }

    ParseHealth health() {
        return health;
    }

    Carry carry() {
        return carry;
    }

    /**
     * Hands over the events in {@code [from, end)}.
     *
     * @param base    byte offset in the log of {@code buffer[0]}
     * @param logEnds whether the log ends at {@code end}
     * @return start of what has to be given again, followed by more bytes; {@code end} when {@code logEnds}
     */
    int parse(byte[] buffer, int from, int end, long base, boolean logEnds) {
        buf = buffer;
        to = end;
        last = logEnds;
        int p = from;
        while (p < to) {
            int next = boundary && LogLines.startsEvent(buf, p, to) ? event(p, base) : otherLine(p);
            if (next == StatementScanner.INCOMPLETE) {
                break;
            }
            p = next;
        }
        health.bytes += p - from;
        return p;
    }

    /** Goes on after a statement of which only the beginning could be kept: searches for the next header. */
    void shortened() {
        boundary = false;
        health.shortened++;
    }

    private int otherLine(int p) {
        int end = lineEnd(buf, p, to);
        if (end == to && !last) {
            return StatementScanner.INCOMPLETE;
        }
        int next = Math.min(end + 1, to);
        if (LogLines.isBanner(buf, p, end)) {
            health.banners++;
            carry.reset();
            boundary = true;
        } else if (LogLines.isPortLine(buf, p, end) || LogLines.isColumnsLine(buf, p, end)) {
            carry.reset();
            boundary = true;
        } else {
            int trimmed = trimEnd(buf, p, end);
            boolean ended = trimmed == p || buf[trimmed - 1] == ';';
            if (!ended && boundary) {
                // The line may be a header's damaged first one; then the event goes on with the next.
                boolean header = LogLines.startsEvent(buf, next, to) && LogLines.wholeHeader(buf, next, to);
                if (!header && !last && to - next < LogLines.LONGEST_HEADER) {
                    return StatementScanner.INCOMPLETE;
                }
                ended = header;
            }
            boundary = ended;
            if (trimmed > p) {
                health.skippedBytes += next - p;
            }
        }
        return next;
    }

    private int event(int start, long base) {
        event.clear(buf, base, start);
        event.carriedMicros = carry.micros;
        int p = header(start);
        if (p >= 0) {
            p = statement(preamble(p));
        }
        return p;
    }

    /** Reads header lines up to the first line that is none. */
    private int header(int start) {
        int p = start;
        boolean sawQueryTime = false;
        while (p < to) {
            if (buf[p] != '#') {
                return p;
            }
            int end = lineEnd(buf, p, to);
            if (end == to && !last) {
                return StatementScanner.INCOMPLETE;
            }
            int trimmed = trimEnd(buf, p, end);
            if (!LogLines.continuesHeader(buf, p, trimmed)
                    || p > start && beginsAnother(p, sawQueryTime)) {
                return p;
            }
            sawQueryTime |= LogLines.isQueryTime(buf, p, trimmed);
            headers.read(event, buf, p, trimmed);
            p = Math.min(end + 1, to);
        }
        return last ? p : StatementScanner.INCOMPLETE;
    }

    /** Whether a header line cannot belong to the event whose header is being read. */
    private boolean beginsAnother(int p, boolean sawQueryTime) {
        return sawQueryTime && (startsWith(buf, p, to, LogLines.TIME) || startsWith(buf, p, to, LogLines.USER_HOST)
                || LogLines.isQueryTime(buf, p, to))
                || event.hasUser && startsWith(buf, p, to, LogLines.USER_HOST);
    }

    /** Reads {@code use db;} and {@code SET timestamp=…;}, which the server writes before the statement. */
    private int preamble(int start) {
        int p = start;
        boolean sawUse = false;
        while (p < to) {
            if (to - p >= USE.length && !startsWith(buf, p, to, USE) && !startsWith(buf, p, to, SET)) {
                return p;
            }
            int end = lineEnd(buf, p, to);
            if (end == to && !last) {
                return StatementScanner.INCOMPLETE;
            }
            int trimmed = trimEnd(buf, p, end);
            boolean closed = trimmed > p && buf[trimmed - 1] == ';';
            if (closed && !sawUse && startsWith(buf, p, trimmed, USE) && statementFollows(end + 1)) {
                sawUse = true;
                use(p + USE.length, trimmed - 1);
            } else if (!closed || event.setTimestamp >= 0 || !readSet(p, trimmed - 1)) {
                return p;
            }
            p = Math.min(end + 1, to);
        }
        return last ? p : StatementScanner.INCOMPLETE;
    }

    /** A {@code use} is itself the statement when nothing but the next event comes after it. */
    private boolean statementFollows(int p) {
        if (p >= to) {
            return !last || sawTimestamp && event.setTimestamp < 0;
        }
        return !LogLines.startsEvent(buf, p, to) && !LogLines.isBanner(buf, p, lineEnd(buf, p, to));
    }

    private void use(int from, int end) {
        int start = from;
        int stop = trimEnd(buf, from, end);
        if (stop - start > 1 && buf[start] == '`' && buf[stop - 1] == '`') {
            start++;
            stop--;
        }
        event.database = SlowEvent.Database.NAMED;
        event.dbBuf = buf;
        event.dbFrom = start;
        event.dbTo = stop;
    }

    /** Reads {@code SET last_insert_id=1,insert_id=2,timestamp=3}; false when it is a statement of a client. */
    private boolean readSet(int from, int end) {
        if (!startsWith(buf, from, end, SET)) {
            return false;
        }
        long timestamp = -1;
        int p = from + SET.length;
        while (p < end) {
            byte[] name = startsWith(buf, p, end, TIMESTAMP) ? TIMESTAMP
                    : startsWith(buf, p, end, INSERT_ID) ? INSERT_ID : LAST_INSERT_ID;
            if (!startsWith(buf, p, end, name)) {
                return false;
            }
            int value = p + name.length;
            p = value;
            while (p < end && buf[p] != ',') {
                p++;
            }
            long number = Ascii.parseMicros(buf, value, p);
            if (number < 0 && name == TIMESTAMP) {
                return false;
            }
            timestamp = name == TIMESTAMP ? number / 1_000_000 : timestamp;
            p++;
        }
        event.setTimestamp = timestamp;
        sawTimestamp |= timestamp >= 0;
        return true;
    }

    private int statement(int start) {
        if (start < 0) {
            return start;
        }
        int end = emptyAt(start);
        if (end == StatementScanner.INCOMPLETE) {
            return end;
        }
        boolean empty = end == start;
        if (!empty) {
            end = scanner.scan(buf, start, to, last);
            if (end == StatementScanner.INCOMPLETE) {
                return end;
            }
            empty = end == start;
        }
        text(start, end);
        boolean ended = event.to > start && buf[trimEnd(buf, start, event.to) - 1] == ';';
        event.cut = end == to && last && !ended;
        boundary = true;
        if (event.cut && (empty || startOfPreamble())) {
            health.incomplete++;
            health.skippedBytes += end - event.from;
        } else {
            emit();
        }
        return end;
    }

    /** Whether a whole header begins where the statement should: {@code p} when there is none, else a later byte. */
    private int emptyAt(int p) {
        if (p == to || !LogLines.startsEvent(buf, p, to)) {
            return p == to ? p : p + 1;
        }
        boolean whole = LogLines.wholeHeader(buf, p, to);
        return whole ? p : !last && to - p < LogLines.LONGEST_HEADER ? StatementScanner.INCOMPLETE : p + 1;
    }

    /** Whether the log ended inside a {@code SET timestamp=} or {@code use} line. */
    private boolean startOfPreamble() {
        int length = event.textTo - event.textFrom;
        return event.setTimestamp < 0 && (length < SET.length
                || startsWith(buf, event.textFrom, event.textTo, SET) && length <= SET.length + TIMESTAMP.length + 10
                || startsWith(buf, event.textFrom, event.textTo, USE));
    }

    private void text(int start, int end) {
        int textEnd = trimEnd(buf, start, end);
        event.textFrom = start;
        event.to = Math.min(textEnd == start ? end : lineEnd(buf, textEnd, end) + 1, end);
        int stop = stripLineEnd(start, event.to);
        event.textTo = stop > start && buf[stop - 1] == ';' ? stop - 1 : textEnd > start && buf[textEnd - 1] == ';'
                ? textEnd - 1 : stop;
        event.admin = startsWith(buf, start, end, LogLines.ADMIN);
        if (event.admin) {
            event.textFrom += 2;
        }
    }

    private int stripLineEnd(int start, int end) {
        int p = end;
        if (p > start && buf[p - 1] == '\n') {
            p--;
        }
        return p > start && buf[p - 1] == '\r' ? p - 1 : p;
    }

    private void emit() {
        carry.pass(event);
        health.events++;
        health.malformedValues += event.malformed;
        if (event.cut) {
            health.cut++;
        }
        handler.event(event);
    }
}
