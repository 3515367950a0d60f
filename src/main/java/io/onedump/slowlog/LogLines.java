package io.onedump.slowlog;

import static io.onedump.slowlog.Ascii.bytes;
import static io.onedump.slowlog.Ascii.lineEnd;
import static io.onedump.slowlog.Ascii.startsWith;

/**
 * What the lines around a statement look like. The shapes come from the servers' own writers: {@code sql/log.cc} of
 * MySQL 5.0 to 9.x, Percona Server and MariaDB ({@code File_query_log::write_slow}, {@code print_header}).
 */
final class LogLines {

    static final byte[] TIME = bytes("# Time: ");
    static final byte[] USER_HOST = bytes("# User@Host: ");
    static final byte[] ADMIN = bytes("# administrator command: ");
    private static final byte[] QUERY_TIME = bytes("# Query_time: ");
    private static final byte[] THREAD_ID = bytes("# Thread_id: ");
    private static final byte[] SCHEMA = bytes("# Schema: ");
    private static final byte[] NO_INNODB = bytes("# No InnoDB statistics available");
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
    static boolean startsEvent(byte[] buf, int from, int to) {
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

    /**
     * Whether the line continues a header. Only asked after a header line and before the statement, where a comment that
     * begins a statement must not be taken for one: names of header values start with a capital letter.
     */
    static boolean continuesHeader(byte[] buf, int from, int to) {
        if (from >= to || buf[from] != '#') {
            return false;
        }
        int p = Ascii.skipBlanks(buf, from + 1, to);
        if (p == to || startsWith(buf, from, to, EXPLAIN) || startsWith(buf, from, to, NO_INNODB)) {
            return true;
        }
        if (buf[p] < 'A' || buf[p] > 'Z') {
            return false;
        }
        // "# Stored routine: db.name" of Percona Server is the one name with a blank in it.
        while (p < to && (Ascii.isWord(buf[p]) || buf[p] == '@' || buf[p] == ' ')) {
            p++;
        }
        return p < to && buf[p] == ':';
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
            if (!continuesHeader(buf, p, Ascii.trimEnd(buf, p, end))) {
                return false;
            }
            p = end + 1;
        }
        return false;
    }

    /** The first line of what a server writes at its start and at {@code FLUSH SLOW LOGS}. */
    static boolean isBanner(byte[] buf, int from, int lineEnd) {
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
