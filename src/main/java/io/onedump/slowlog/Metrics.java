package io.onedump.slowlog;

import java.util.Locale;

/** The names of header values and what kind of value each is. */
final class Metrics {

    static final int QUERY_TIME = 0;
    static final int LOCK_TIME = 1;
    static final int ROWS_SENT = 2;
    static final int ROWS_EXAMINED = 3;
    static final int ROWS_AFFECTED = 4;
    static final int THREAD_ID = 5;
    static final int SCHEMA = 6;
    static final int ERRNO = 7;
    static final int LAST_ERRNO = 8;
    static final int EXPLAIN = 9;
    static final int RATE_LIMIT = 10;
    /** Not of a header: the statement's length. */
    static final int QUERY_SIZE = 11;

    /** More different names than any server has. */
    private static final int LIMIT = 256;

    private Metrics() {
    }

    static Names.Registry registry() {
        return new Names.Registry(LIMIT, "Query_time", "Lock_time", "Rows_sent", "Rows_examined", "Rows_affected",
                "Thread_id", "Schema", "Errno", "Last_errno", "explain", "Log_slow_rate_limit", "Query_size");
    }

    /**
     * The unit of a value by its name: MariaDB counts {@code Engine_time} and {@code Pages_read_time} in milliseconds,
     * everything else that is a time is in seconds.
     */
    static Unit unit(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("engine_time") || lower.equals("pages_read_time")) {
            return Unit.MILLISECONDS;
        }
        if (lower.endsWith("_time") || lower.endsWith("_wait") || lower.startsWith("profile_")) {
            return Unit.SECONDS;
        }
        if (lower.startsWith("bytes_") || lower.endsWith("_bytes") || lower.endsWith("_sizes")
                || lower.equals("query_size")) {
            return Unit.BYTES;
        }
        if (lower.endsWith("_id") || lower.endsWith("errno") || lower.startsWith("log_slow_rate") || lower.equals("id")
                || lower.equals("schema") || lower.equals("explain") || lower.equals("killed")
                || lower.equals("start") || lower.equals("end") || lower.equals("stored routine")) {
            return Unit.LABEL;
        }
        return Unit.COUNT;
    }

    /** The name in a digest: lower case, with the unit at its end. */
    static String digestName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String suffix = unit(name).suffix();
        return lower.endsWith(suffix) ? lower : lower + suffix;
    }
}
