package io.onedump.binlog.event;

/**
 * Type codes of the events that matter here.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/namespacemysql_1_1binlog_1_1event.html">MySQL's
 * list</a>
 * @see <a href="https://mariadb.com/kb/en/2-binlog-event-header/">MariaDB's list</a>
 */
public final class EventType {

    public static final int QUERY = 2;
    public static final int STOP = 3;
    public static final int ROTATE = 4;
    public static final int FORMAT_DESCRIPTION = 15;
    public static final int XID = 16;
    public static final int EXECUTE_LOAD_QUERY = 18;
    public static final int TABLE_MAP = 19;
    public static final int HEARTBEAT = 27;
    public static final int ROWS_QUERY = 29;
    public static final int GTID = 33;
    public static final int ANONYMOUS_GTID = 34;
    public static final int PREVIOUS_GTIDS = 35;
    public static final int XA_PREPARE = 38;
    public static final int TRANSACTION_PAYLOAD = 40;
    public static final int HEARTBEAT_V2 = 41;
    public static final int GTID_TAGGED = 42;
    public static final int MARIADB_ANNOTATE_ROWS = 160;
    public static final int MARIADB_CHECKPOINT = 161;
    public static final int MARIADB_GTID = 162;
    public static final int MARIADB_GTID_LIST = 163;
    public static final int MARIADB_ENCRYPTION = 164;
    public static final int MARIADB_QUERY_COMPRESSED = 165;

    private EventType() {
    }

    /** Whether a transaction, or a statement outside of any, begins with this event. */
    public static boolean beginsTransaction(int type) {
        return type == GTID || type == ANONYMOUS_GTID || type == GTID_TAGGED || type == MARIADB_GTID;
    }
}
