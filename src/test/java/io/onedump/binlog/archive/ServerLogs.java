package io.onedump.binlog.archive;

import io.onedump.servers.SqlServer;

/** What tests do to a server's binary log. */
public final class ServerLogs {

    private ServerLogs() {
    }

    /** Begins the log anew, GTIDs included; MySQL from 8.4 on has another word for it. */
    public static void forget(SqlServer server) {
        try {
            server.execute("RESET MASTER");
        } catch (IllegalStateException e) {
            server.execute("RESET BINARY LOGS AND GTIDS");
        }
    }
}
