package io.onedump.slowlog.parse;

import static io.onedump.slowlog.text.Ascii.bytes;
import static io.onedump.slowlog.text.Ascii.lineEnd;
import static io.onedump.slowlog.text.Ascii.startsWith;

import io.onedump.slowlog.text.Ascii;

/**
 * What the lines around a statement look like. The shapes come from the servers' own writers: {@code sql/log.cc} of
 * MySQL 5.0 to 9.x, Percona Server and MariaDB ({@code File_query_log::write_slow}, {@code print_header}).
 */
public final class LogLines {

    static final byte[] TIME = bytes("# Time: ");
    static final byte[] USER_HOST = bytes("# User@Host: ");
    static final byte[] ADMIN = bytes("# administrator command: ");
    private static final byte[] QUERY_TIME = bytes("# Query_time: ");
    private static final byte[] THREAD_ID = bytes("# Thread_id: ");
    private static final byte[] SCHEMA = bytes("# Schema: ");
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    static final byte[] NO_INNODB = bytes("# No InnoDB statistics available");
    private static final byte[] BARE_NO_INNODB = bytes("No InnoDB statistics available");
    private static final byte[] WARNINGS = bytes("# Warnings");
    private static final byte[] EXPLAIN = bytes("# explain:");
    private static final byte[] VERSION = bytes(", Version: ");
    private static final byte[] STARTED = bytes("started with:");
    private static final byte[] EMBEDDED = bytes("embedded library");
    private static final byte[] TCP_PORT = bytes("Tcp port: ");
    private static final byte[] WINDOWS_PORT = bytes("TCP Port: ");
    private static final byte[] COLUMNS = bytes("Time");
    private static final byte[] COMMAND = bytes("Id Command");
    /** As many bytes as {@link #startsEvent} must see to decide. */
    static final int LONGEST_START = USER_HOST.length;
    /** Bytes in which a header has its {@code # Query_time:}; two names and a database's name at their longest. */
    static final int LONGEST_HEADER = 8 * 1024;

    private LogLines() {
    }

    /** Whether an event can start here: one of the first header lines of any server. */
    public static boolean startsEvent(byte[] buf, int from, int to) {
        if (to - from < 3 || buf[from] != '#') {
            return false;
        }
        return switch (buf[from + 2]) {
            case 'T' -> startsWith(buf, from, to, TIME) || startsWith(buf, from, to, THREAD_ID);
            case 'U' -> startsWith(buf, from, to, USER_HOST);
            case 'Q' -> startsWith(buf, from, to, QUERY_TIME);
            case 'S' -> startsWith(buf, from, to, SCHEMA);
            default -> false;
        };
    }

    static boolean isQueryTime(byte[] buf, int from, int to) {
        return startsWith(buf, from, to, QUERY_TIME);
    }

    /** Whether MariaDB's warnings follow ({@code log_slow_verbosity=warnings}). */
    static boolean isWarnings(byte[] buf, int from, int to) {
        return to - from == WARNINGS.length && startsWith(buf, from, to, WARNINGS);
    }

    /**
     * Whether the line continues a header. Only asked after a header line and before the statement, where a comment
     * that begins a statement must not be taken for one: names of header values start with a capital letter.
     */
    static boolean continuesHeader(byte[] buf, int from, int to) {
        if (from >= to || buf[from] != '#') {
            return false;
        }
        int p = Ascii.skipBlanks(buf, from + 1, to);
        if (p == to || startsWith(buf, from, to, EXPLAIN) || startsWith(buf, from, to, NO_INNODB)) {
            return true;
        }
        return namesValue(buf, p, to);
    }

    /** Whether the name of a header's value begins here: a capital letter first, a colon last. */
    static boolean namesValue(byte[] buf, int from, int to) {
        return from < to && buf[from] >= 'A' && buf[from] <= 'Z' && isName(buf, from, to);
    }

    private static boolean isName(byte[] buf, int from, int to) {
        if (startsWith(buf, from, to, HeaderReader.STORED_ROUTINE)) {
            return true;
        }
        int p = from;
        while (p < to && (Ascii.isWord(buf[p]) || buf[p] == '@')) {
            p++;
        }
        return p > from && p < to && buf[p] == ':';
    }

    /**
     * Where the text of a line begins that would be a header's if it had its {@code #}, which is gone or another byte;
     * its first letters may be gone too. {@code to} when it is none.
     */
    static int bareHeader(byte[] buf, int from, int to) {
        int p = Ascii.skipBlanks(buf, from, to);
        if (p < to && !Ascii.isWord(buf[p])) {
            p = Ascii.skipBlanks(buf, p + 1, to);
        }
        return p < to && (startsWith(buf, p, to, BARE_NO_INNODB) || isName(buf, p, to)) ? p : to;
    }

    /** The start of the first line after the lines of one header, and the blank lines between them, that begin here. */
    static int afterHeader(byte[] buf, int from, int to) {
        int p = from;
        int line = from;
        boolean sawUser = false;
        boolean sawQueryTime = false;
        while (line < to && continuesHeader(buf, line, lineEnd(buf, line, to))
                && !beginsAnother(buf, line, to, sawUser, sawQueryTime)) {
            sawUser |= startsWith(buf, line, to, USER_HOST);
            sawQueryTime |= isQueryTime(buf, line, to);
            p = Math.min(lineEnd(buf, line, to) + 1, to);
            line = afterBlankLines(buf, p, to);
        }
        return p;
    }

    /** Whether a header line cannot be of the header that has such lines already. */
    static boolean beginsAnother(byte[] buf, int from, int to, boolean sawUser, boolean sawQueryTime) {
        boolean user = startsWith(buf, from, to, USER_HOST);
        return sawUser && user
                || sawQueryTime && (user || startsWith(buf, from, to, TIME) || isQueryTime(buf, from, to));
    }

    /** The start of the first line that is not blank. */
    static int afterBlankLines(byte[] buf, int from, int to) {
        int line = from;
        int p = from;
        while (p < to && (Ascii.isBlank(buf[p]) || buf[p] == '\n')) {
            if (buf[p++] == '\n') {
                line = p;
            }
        }
        return p == to ? to : line;
    }

    /**
     * The byte after what a line may begin with and is nothing: the byte order mark of an editor, and the zeros that a
     * file system leaves where a crash came before the data.
     */
    static int afterMarks(byte[] buf, int from, int to) {
        int p = from;
        while (p < to && (buf[p] == 0 || startsWith(buf, p, to, BYTE_ORDER_MARK))) {
            p += buf[p] == 0 ? 1 : BYTE_ORDER_MARK.length;
        }
        return p;
    }

    /**
     * Whether a line that {@link #startsEvent} is more than a comment that begins like it: its value is of the kind
     * that servers write.
     */
    static boolean isCredible(byte[] buf, int from, int to) {
        if (startsWith(buf, from, to, USER_HOST)) {
            return Ascii.indexOf(buf, from, to, (byte) '[') < to;
        }
        int value = Ascii.indexOf(buf, from, to, (byte) ':') + 2;
        return startsWith(buf, from, to, SCHEMA) || value + 1 < to && Ascii.isDigit(buf[value])
                && (!startsWith(buf, from, to, TIME) || Ascii.isDigit(buf[value + 1]));
    }

    /**
     * Whether a whole group of header lines begins here, with a time that can be read. Asked where a header may be
     * forged: in what looks like an open literal.
     */
    static boolean wholeHeader(byte[] buf, int from, int to) {
        int limit = Math.min(to, from + LONGEST_HEADER);
        int p = from;
        while (p < limit) {
            int end = lineEnd(buf, p, limit);
            if (isQueryTime(buf, p, end)) {
                int value = Ascii.skipBlanks(buf, p + QUERY_TIME.length, end);
                return value < end && Ascii.isDigit(buf[value]);
            }
            int trimmed = Ascii.trimEnd(buf, p, end);
            if (trimmed > p && !continuesHeader(buf, p, trimmed)) {
                return false;
            }
            p = end + 1;
        }
        return false;
    }

    /** The first line of what a server writes at its start and at {@code FLUSH SLOW LOGS}. */
    public static boolean isBanner(byte[] buf, int from, int lineEnd) {
        int end = Ascii.trimEnd(buf, from, lineEnd);
        return (Ascii.endsWith(buf, from, end, STARTED) || Ascii.endsWith(buf, from, end, EMBEDDED))
                && Ascii.indexOf(buf, from, end, VERSION) >= 0;
    }

    /** The banner's second line. */
    static boolean isPortLine(byte[] buf, int from, int to) {
        return startsWith(buf, from, to, TCP_PORT) || startsWith(buf, from, to, WINDOWS_PORT);
    }

    /** The banner's third line, set with blanks by MySQL and with tabs by MariaDB. */
    static boolean isColumnsLine(byte[] buf, int from, int to) {
        return startsWith(buf, from, to, COLUMNS) && Ascii.indexOf(buf, from, to, COMMAND) >= 0;
    }
}
