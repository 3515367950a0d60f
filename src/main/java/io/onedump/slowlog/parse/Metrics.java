package io.onedump.slowlog.parse;

import java.util.Locale;
import java.util.Set;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Names;

/** The names of header values and what kind of value each is. */
public final class Metrics {

    public static final int QUERY_TIME = 0;
    public static final int LOCK_TIME = 1;
    public static final int ROWS_SENT = 2;
    public static final int ROWS_EXAMINED = 3;
    public static final int ROWS_AFFECTED = 4;
    public static final int THREAD_ID = 5;
    static final int SCHEMA = 6;
    public static final int ERRNO = 7;
    public static final int LAST_ERRNO = 8;
    public static final int EXPLAIN = 9;
    public static final int RATE_LIMIT = 10;
    public static final int WARNINGS = 11;
    /** Of MariaDB and Percona Server 8, and of Percona Server 5. */
    private static final int STORED_ROUTINE = 12;
    private static final int STORED_ROUTINE_5 = 13;
    /** Not of a header: the statement's length. */
    public static final int QUERY_SIZE = 14;

    /** More different names than any server has. */
    static final int LIMIT = 256;

    private static final byte[] YES = Ascii.bytes("Yes");
    private static final byte[] NO = Ascii.bytes("No");

    /**
     * What MySQL to 9.x, Percona Server to 8.x, MariaDB to 11.x and pt-query-digest's own slow logs have in headers.
     */
    private static final Set<String> OF_SERVERS = Set.of("query_time", "lock_time", "rows_sent", "rows_examined",
            "rows_affected", "rows_read", "thread_id", "id", "schema", "errno", "last_errno", "killed", "explain",
            "warnings", "stored_routine", "stored routine", "query_size", "log_slow_rate_limit", "log_slow_rate_type",
            "bytes_received", "bytes_sent", "read_first", "read_last", "read_key", "read_next", "read_prev", "read_rnd",
            "read_rnd_next", "sort_merge_passes", "sort_range_count", "sort_rows", "sort_scan_count",
            "created_tmp_disk_tables", "created_tmp_tables", "count_hit_tmp_table_size", "start", "end", "tmp_tables",
            "tmp_disk_tables", "tmp_table_sizes", "qc_hit", "full_scan", "full_join", "tmp_table", "tmp_table_on_disk",
            "filesort", "filesort_on_disk", "merge_passes", "priority_queue", "pages_accessed", "pages_read",
            "pages_prefetched", "pages_updated", "pages_read_time", "old_rows_read", "engine_time", "no_index_used",
            "no_good_index_used", "warning_count", "error_no", "statement_id", "innodb_trx_id", "innodb_io_r_ops",
            "innodb_io_r_bytes", "innodb_io_r_wait", "innodb_rec_lock_wait", "innodb_queue_wait",
            "innodb_pages_distinct");
    /** Percona Server 5 timed the states of a query: {@code Profile_starting}, {@code Profile_starting_cpu}, …. */
    private static final String PROFILE = "profile_";

    private Metrics() {
    }

    public static Names.Registry registry() {
        return new Names.Registry(LIMIT, Metrics::isOfServers, "Query_time", "Lock_time", "Rows_sent", "Rows_examined",
                "Rows_affected",
                "Thread_id", "Schema", "Errno", "Last_errno", "explain", "Log_slow_rate_limit", "Warnings",
                "Stored_routine", "Stored routine", "Query_size");
    }

    /** Whether servers write values of that name. Another one may have come from a comment that looks like a header. */
    public static boolean isOfServers(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_SERVERS.contains(lower) || lower.startsWith(PROFILE);
    }

    /** What a Yes or No says; null when the bytes are neither. */
    public static Boolean flag(byte[] buf, int from, int to) {
        return is(YES, buf, from, to) ? Boolean.TRUE : is(NO, buf, from, to) ? Boolean.FALSE : null;
    }

    private static boolean is(byte[] word, byte[] buf, int from, int to) {
        return to - from == word.length && Ascii.startsWith(buf, from, to, word);
    }

    /** Whether the value goes on to the end of its line, blanks and all. */
    static boolean takesLine(int name) {
        return name == EXPLAIN || name == STORED_ROUTINE || name == STORED_ROUTINE_5;
    }

    /** Whether the value is the name of a stored routine. */
    public static boolean isRoutine(String name) {
        return name.equals("Stored_routine") || name.equals("Stored routine");
    }

    /**
     * The unit of a value by its name: MariaDB counts {@code Engine_time} and {@code Pages_read_time} in milliseconds,
     * everything else that is a time is in seconds.
     */
    public static Unit unit(String name) {
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
                || lower.equals("start") || lower.equals("end") || lower.equals("stored routine")
                || lower.equals("stored_routine")
                || lower.equals("warnings")) {
            return Unit.LABEL;
        }
        return Unit.COUNT;
    }

    /** The name in a digest: lower case, with the unit at its end. */
    public static String digestName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String suffix = unit(name).suffix();
        return lower.endsWith(suffix) ? lower : lower + suffix;
    }
}
