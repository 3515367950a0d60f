package io.onedump.database.mysql;

import java.io.IOException;
import java.util.Set;

/** The server answered with an error. */
public class MySqlException extends IOException {

    /** ER_BAD_FIELD_ERROR. */
    public static final int UNKNOWN_COLUMN = 1054;
    /** ER_PARSE_ERROR: a statement that this server does not know. */
    public static final int SYNTAX_ERROR = 1064;
    /** ER_UNKNOWN_SYSTEM_VARIABLE. */
    public static final int UNKNOWN_VARIABLE = 1193;
    /** ER_MASTER_FATAL_ERROR_READING_BINLOG: everything that can go wrong with a binlog dump. */
    public static final int BINLOG_READ_ERROR = 1236;

    /** ER_SLAVE_SAME_ID: MariaDB's word for another replica of our server id. */
    public static final int SAME_REPLICA_ID = 4052;

    /**
     * What passes without anybody doing anything: too many connections (1040, 1203, 1226), no thread or memory for one
     * (1041, 1135), the server is starting, stopping or offline (1053, 3032), the network broke (1152 to 1161).
     */
    private static final Set<Integer> PASSING =
            Set.of(1040, 1041, 1053, 1135, 1152, 1153, 1158, 1159, 1160, 1161, 1203, 1226, 3032);

    private final int code;
    private final String sqlState;
    private final String serverMessage;

    /**
     * @param context       what was asked of which server, without any secret
     * @param sqlState      five characters, or null where the server gave none
     * @param serverMessage as the server wrote it
     */
    public MySqlException(String context, int code, String sqlState, String serverMessage) {
        super(context + ": " + serverMessage + " (error " + code + (sqlState == null
                ? ""
                : ", SQL state"
                        + " " + sqlState)
                + ")");
        this.code = code;
        this.sqlState = sqlState;
        this.serverMessage = serverMessage;
    }

    /** The server's error number, for example 1045; 0 when it wanted to log us in by a method that we do not have. */
    public int code() {
        return code;
    }

    /** Whether another try may well succeed. */
    public boolean isTransient() {
        return PASSING.contains(code);
    }

    /** Five characters, or null where the server gave none. */
    public String sqlState() {
        return sqlState;
    }

    /** The server's own words. */
    public String serverMessage() {
        return serverMessage;
    }
}
