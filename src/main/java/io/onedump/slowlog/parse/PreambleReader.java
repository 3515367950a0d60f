package io.onedump.slowlog.parse;

import static io.onedump.slowlog.text.Ascii.lineEnd;
import static io.onedump.slowlog.text.Ascii.startsWith;
import static io.onedump.slowlog.text.Ascii.trimEnd;

import java.nio.charset.StandardCharsets;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.LogText;

/** Reads {@code use db;} and {@code SET timestamp=…;}, which the server writes between a header and the statement. */
final class PreambleReader {

    static final byte[] USE = Ascii.bytes("use ");
    static final byte[] SET = Ascii.bytes("SET ");
    private static final byte[] TWO_BACKTICKS = Ascii.bytes("``");
    private static final byte[] TIMESTAMP = Ascii.bytes("timestamp=");
    private static final byte[] INSERT_ID = Ascii.bytes("insert_id=");
    private static final byte[] LAST_INSERT_ID = Ascii.bytes("last_insert_id=");
    /** As many bytes as {@link #begins} must see of a SET to decide. */
    static final int LONGEST_SET = SET.length + LAST_INSERT_ID.length;

    private SlowEvent event;
    private byte[] buf;
    private int to;
    private boolean last;
    private boolean sawTimestamp;

    /**
     * @param logEnds whether the log ends at {@code end}
     * @return start of the statement, or {@link StatementScanner#INCOMPLETE}
     */
    int read(SlowEvent into, byte[] buffer, int from, int end, boolean logEnds) {
        event = into;
        buf = buffer;
        to = end;
        last = logEnds;
        return lines(from);
    }

    private int lines(int start) {
        int p = start;
        boolean sawUse = false;
        while (p < to) {
            int line = LogLines.afterBlankLines(buf, p, to);
            if (to - line >= USE.length && !startsWith(buf, line, to, USE) && !startsWith(buf, line, to, SET)) {
                return p;
            }
            int end = lineEnd(buf, line, to);
            if (end == to && !last) {
                return StatementScanner.INCOMPLETE;
            }
            int trimmed = trimEnd(buf, line, end);
            boolean closed = trimmed > line && buf[trimmed - 1] == ';';
            if (closed && !sawUse && startsWith(buf, line, trimmed, USE) && statementFollows(end + 1)) {
                sawUse = true;
                use(line + USE.length, trimmed - 1);
            } else if (!closed || event.setTimestamp >= 0 || !readSet(line, trimmed - 1)) {
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
        database(event, buf, from, trimEnd(buf, from, end));
    }

    /** Takes the name {@code [from, to)}, quoted or not, for the event's database. */
    static void database(SlowEvent event, byte[] buf, int from, int to) {
        int start = from;
        int stop = to;
        if (stop - start > 1 && buf[start] == '`' && buf[stop - 1] == '`') {
            start++;
            stop--;
        }
        event.database(buf, start, stop);
        if (Ascii.indexOf(buf, start, stop, TWO_BACKTICKS) >= 0) {
            byte[] name = LogText.text(buf, start, stop).replace("``", "`").getBytes(StandardCharsets.UTF_8);
            event.database(name, 0, name.length);
        }
    }

    /** Reads {@code SET last_insert_id=1,insert_id=2,timestamp=3}; false when it is a statement of a client. */
    private boolean readSet(int from, int end) {
        if (!startsWith(buf, from, end, SET)) {
            return false;
        }
        long timestamp = -1;
        int p = from + SET.length;
        while (p < end) {
            byte[] name = startsWith(buf, p, end, TIMESTAMP)
                    ? TIMESTAMP
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
            timestamp = name == TIMESTAMP ? number : timestamp;
            p++;
        }
        event.setTimestamp = timestamp;
        sawTimestamp |= timestamp >= 0;
        return true;
    }

    /** Whether a server goes on here after the warnings of a header, whose messages may hold newlines. */
    static boolean begins(byte[] buf, int from, int to) {
        if (startsWith(buf, from, to, USE)) {
            int end = lineEnd(buf, from, to);
            return buf[trimEnd(buf, from, end) - 1] == ';' && begins(buf, Math.min(end + 1, to), to);
        }
        int value = from + SET.length;
        return startsWith(buf, from, to, SET) && (startsWith(buf, value, to, TIMESTAMP)
                || startsWith(buf, value, to, INSERT_ID) || startsWith(buf, value, to, LAST_INSERT_ID));
    }

    /**
     * Whether the log ended inside such a line, which then looks like the statement. A server ends its own {@code use}
     * with a semicolon, and where it writes a SET at all, one comes after it.
     */
    boolean isCutIn(SlowEvent event) {
        boolean whole = event.to > event.textFrom && event.buf[event.to - 1] == '\n';
        int length = event.textTo - event.textFrom;
        return event.setTimestamp < 0 && (length < SET.length
                || startsWith(event.buf, event.textFrom, event.textTo, SET)
                        && length <= SET.length + TIMESTAMP.length + 10
                || sawTimestamp && !whole && startsWith(event.buf, event.textFrom, event.textTo, USE));
    }
}
