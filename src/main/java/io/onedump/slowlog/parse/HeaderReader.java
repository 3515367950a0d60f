package io.onedump.slowlog.parse;

import static io.onedump.slowlog.text.Ascii.isBlank;
import static io.onedump.slowlog.text.Ascii.skipBlanks;

import java.util.Arrays;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Names;

/** Reads the lines of an event that begin with {@code #} into a {@link SlowEvent}. */
final class HeaderReader {

    /** The one name with a blank in it, of Percona Server 5. */
    static final byte[] STORED_ROUTINE = Ascii.bytes("Stored routine:");
    private static final byte[] BARE_TIME = Ascii.bytes("Time: ");
    private static final byte[] BARE_USER_HOST = Ascii.bytes("User@Host: ");
    private static final byte[] ID = Ascii.bytes("Id:");
    private static final boolean[] WORD = new boolean[256];

    static {
        for (int i = 0; i < 128; i++) {
            WORD[i] = Ascii.isWord((byte) i);
        }
    }

    private final Names names;
    /** By name, as far as it was asked for: whether servers write values of that name. */
    private Boolean[] ofServers = new Boolean[Metrics.LIMIT];

    HeaderReader(Names names) {
        this.names = names;
    }

    /**
     * Reads the line {@code [from, to)}, which has no line end any more.
     *
     * @param mayBeText whether the statement may begin here: with a comment that looks like a header line
     * @return false when it does
     */
    boolean read(SlowEvent event, byte[] buf, int from, int to, boolean mayBeText) {
        if (Ascii.startsWith(buf, from, to, LogLines.TIME)) {
            readTime(event, buf, from + LogLines.TIME.length, to);
        } else if (Ascii.startsWith(buf, from, to, LogLines.USER_HOST)) {
            readUser(event, buf, from + LogLines.USER_HOST.length, to);
        } else if (!Ascii.startsWith(buf, from, to, LogLines.NO_INNODB)) {
            return readValues(event, buf, from + 1, to, mayBeText);
        }
        return true;
    }

    /** Reads a line that has lost its {@code #}; its text begins at {@code from}. */
    void readBare(SlowEvent event, byte[] buf, int from, int to) {
        event.malformed++;
        if (Ascii.startsWith(buf, from, to, BARE_TIME)) {
            readTime(event, buf, from + BARE_TIME.length, to);
        } else if (Ascii.startsWith(buf, from, to, BARE_USER_HOST)) {
            readUser(event, buf, from + BARE_USER_HOST.length, to);
        } else {
            readValues(event, buf, from, to, false);
        }
    }

    /** Reads a line of MariaDB's warnings, such as {@code # Note 1051 Unknown table 'shop.t'}. */
    void readWarning(SlowEvent event, byte[] buf, int from, int to) {
        int start = skipBlanks(buf, from < to && buf[from] == '#' ? from + 1 : from, to);
        add(event, Metrics.WARNINGS, start, to);
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

    private boolean readValues(SlowEvent event, byte[] buf, int from, int to, boolean mayBeText) {
        int before = event.values;
        int p = skipBlanks(buf, from, to);
        boolean text = mayBeText && p < to;
        while (p < to) {
            int name = p;
            int hash = 0;
            while (p < to && WORD[buf[p] & 0xff]) {
                hash = hash * 31 + buf[p++];
            }
            if (p < to && buf[p] == ' ' && Ascii.startsWith(buf, name, to, STORED_ROUTINE)) {
                p = name + STORED_ROUTINE.length - 1;
                hash = Names.hash(buf, name, p);
            }
            if (p == to || p == name || buf[p] != ':') {
                return refused(event, text, before);
            }
            int id = names.idOf(buf, name, p, hash);
            int value = skipBlanks(buf, p + 1, to);
            p = valueEnd(buf, id, p + 1, value, to);
            value = Math.min(value, p);
            text = text && !isOfServers(id);
            if (text && !isMeasure(buf, value, p)) {
                return refused(event, true, before);
            }
            add(event, id, value, Ascii.trimEnd(buf, value, p));
            p = skipBlanks(buf, p, to);
        }
        return true;
    }

    private static boolean refused(SlowEvent event, boolean text, int valuesBefore) {
        if (text) {
            event.values = valuesBefore;
        } else {
            event.malformed++;
        }
        return !text;
    }

    private static int valueEnd(byte[] buf, int name, int from, int value, int to) {
        if (name == Metrics.SCHEMA) {
            return schemaEnd(buf, from, to);
        }
        if (Metrics.takesLine(name)) {
            return to;
        }
        int p = value;
        while (p < to && !isBlank(buf[p])) {
            p++;
        }
        // Nothing may stand between this name and the next.
        return p > value && buf[p - 1] == ':' ? value : p;
    }

    private boolean isOfServers(int name) {
        if (name == Names.OTHER) {
            return false;
        }
        if (name >= ofServers.length) {
            ofServers = Arrays.copyOf(ofServers, name * 2);
        }
        if (ofServers[name] == null) {
            ofServers[name] = Metrics.isOfServers(names.registry().name(name));
        }
        return ofServers[name];
    }

    private static boolean isMeasure(byte[] buf, int from, int to) {
        return from < to && (Ascii.isDigit(buf[from]) || Metrics.flag(buf, from, to) != null);
    }

    /**
     * A database's name may hold blanks: it ends where the next name of a value begins. Servers part the two with two
     * blanks; only when there are none does one blank do.
     */
    private static int schemaEnd(byte[] buf, int from, int to) {
        int oneBlank = to;
        for (int p = from; p < to; p++) {
            if (buf[p] == ' ' && beginsName(buf, p + 1, to)) {
                if (buf[p - 1] == ' ') {
                    return p;
                }
                oneBlank = Math.min(oneBlank, p);
            }
        }
        return oneBlank;
    }

    private static boolean beginsName(byte[] buf, int from, int to) {
        int p = from;
        while (p < to && Ascii.isWord(buf[p])) {
            p++;
        }
        return p > from && p < to && buf[p] == ':' && (p + 1 == to || buf[p + 1] == ' ');
    }

    private static void add(SlowEvent event, int id, int from, int to) {
        if (id == Names.OTHER) {
            return;
        }
        if (event.values == SlowEvent.MAX_VALUES) {
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
            event.database(event.buf, from, to);
        }
    }
}
