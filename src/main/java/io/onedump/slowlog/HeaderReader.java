package io.onedump.slowlog;

import static io.onedump.slowlog.Ascii.isBlank;
import static io.onedump.slowlog.Ascii.skipBlanks;

/** Reads the lines of an event that begin with {@code #} into a {@link SlowEvent}. */
final class HeaderReader {

    private static final byte[] ID = Ascii.bytes("Id:");

    private final Names names;

    HeaderReader(Names names) {
        this.names = names;
    }

    /** Reads the line {@code [from, to)}, which has no line end any more. */
    void read(SlowEvent event, byte[] buf, int from, int to) {
        if (Ascii.startsWith(buf, from, to, LogLines.TIME)) {
            readTime(event, buf, from + LogLines.TIME.length, to);
        } else if (Ascii.startsWith(buf, from, to, LogLines.USER_HOST)) {
            readUser(event, buf, from + LogLines.USER_HOST.length, to);
        } else {
            readValues(event, buf, from + 1, to);
        }
    }

    private void readTime(SlowEvent event, byte[] buf, int from, int to) {
        event.hasTime = event.time.parse(buf, from, to);
        if (!event.hasTime) {
            event.malformed++;
        }
        // Some 5.0 servers forgot the newline: "# Time: 071015 21:43:52 # User@Host: …".
        int user = Ascii.indexOf(buf, from, to, LogLines.USER_HOST);
        if (user >= 0) {
            readUser(event, buf, user + LogLines.USER_HOST.length, to);
        }
    }

    /**
     * Reads {@code priv_user[user] @ host [ip]  Id: 12}. Any of the four may be empty and a user name may hold blanks,
     * brackets and {@code @}, so the line is read from its end.
     */
    private void readUser(SlowEvent event, byte[] buf, int from, int to) {
        int close = lastIndexOf(buf, from, to, ']');
        int open = lastIndexOf(buf, from, close, '[');
        int at = lastAt(buf, from, open);
        if (at < 0) {
            event.malformed++;
            return;
        }
        event.hasUser = true;
        event.ipFrom = open + 1;
        event.ipTo = close;
        event.hostFrom = skipBlanks(buf, at + 1, open);
        event.hostTo = Ascii.trimEnd(buf, event.hostFrom, open);
        splitUser(event, buf, from, Ascii.trimEnd(buf, from, at));
        int id = Ascii.indexOf(buf, close, to, ID);
        if (id >= 0) {
            event.threadId = Ascii.parseLong(buf, skipBlanks(buf, id + ID.length, to), Ascii.trimEnd(buf, id, to));
        }
    }

    private static void splitUser(SlowEvent event, byte[] buf, int from, int to) {
        int end = to > from && buf[to - 1] == ']' ? to - 1 : to;
        int bracket = from + (end - from) / 2;
        // Both names are nearly always the same; only then is it known which bracket parts them.
        if ((end - from) % 2 == 0 || buf[bracket] != '[' || !sameBytes(buf, from, bracket + 1, bracket - from)) {
            bracket = from;
            while (bracket < end && buf[bracket] != '[') {
                bracket++;
            }
        }
        event.privUserFrom = from;
        event.privUserTo = bracket;
        event.userFrom = Math.min(bracket + 1, end);
        event.userTo = end;
        if (bracket == end) {
            event.userFrom = from;
        }
    }

    private static boolean sameBytes(byte[] buf, int one, int other, int length) {
        for (int i = 0; i < length; i++) {
            if (buf[one + i] != buf[other + i]) {
                return false;
            }
        }
        return true;
    }

    private static int lastIndexOf(byte[] buf, int from, int to, char wanted) {
        int p = to - 1;
        while (p >= from && buf[p] != wanted) {
            p--;
        }
        return p < from ? -1 : p;
    }

    private static int lastAt(byte[] buf, int from, int to) {
        for (int p = to - 2; p > from; p--) {
            if (buf[p] == '@' && buf[p - 1] == ' ' && buf[p + 1] == ' ') {
                return p;
            }
        }
        return -1;
    }

    private void readValues(SlowEvent event, byte[] buf, int from, int to) {
        int p = skipBlanks(buf, from, to);
        while (p < to) {
            int name = p;
            int hash = 0;
            while (p < to && buf[p] != ':') {
                hash = hash * 31 + buf[p++];
            }
            if (p == to) {
                return;
            }
            int id = names.idOf(buf, name, p, hash);
            p++;
            if (id == Metrics.EXPLAIN || id == Metrics.SCHEMA) {
                int end = id == Metrics.EXPLAIN ? to : schemaEnd(buf, p, to);
                int start = Math.min(skipBlanks(buf, p, to), end);
                add(event, id, start, Ascii.trimEnd(buf, start, end));
                p = skipBlanks(buf, end, to);
                continue;
            }
            p = skipBlanks(buf, p, to);
            int value = p;
            while (p < to && !isBlank(buf[p])) {
                p++;
            }
            if (p > value && buf[p - 1] == ':') {
                // Nothing stood between this name and the next.
                p = value;
            }
            add(event, id, value, p);
            p = skipBlanks(buf, p, to);
        }
    }

    /** A database's name may hold blanks: it ends where the next name begins. */
    private static int schemaEnd(byte[] buf, int from, int to) {
        for (int p = from; p < to; p++) {
            if (buf[p] == ' ' && p + 1 < to && Ascii.isWord(buf[p + 1])) {
                int q = p + 1;
                while (q < to && Ascii.isWord(buf[q])) {
                    q++;
                }
                if (q < to && buf[q] == ':' && (q + 1 == to || buf[q + 1] == ' ')) {
                    return p;
                }
            }
        }
        return to;
    }

    private static void add(SlowEvent event, int id, int from, int to) {
        if (id == Names.OTHER || event.values == SlowEvent.MAX_VALUES) {
            event.malformed++;
            return;
        }
        event.names[event.values] = id;
        event.valueFrom[event.values] = from;
        event.valueTo[event.values] = to;
        event.values++;
        if (id == Metrics.THREAD_ID) {
            event.threadId = Ascii.parseLong(event.buf, from, to);
        } else if (id == Metrics.SCHEMA) {
            event.database = from == to ? SlowEvent.Database.NONE : SlowEvent.Database.NAMED;
            event.dbBuf = event.buf;
            event.dbFrom = from;
            event.dbTo = to;
        }
    }
}
