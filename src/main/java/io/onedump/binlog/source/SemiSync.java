package io.onedump.binlog.source;

import java.io.IOException;
import java.util.List;

import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;

/**
 * Semi-synchronous replication: commits wait for an acknowledgement. The server's side of it has had three names.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-semisync.html">MySQL</a>
 * @see <a href="https://mariadb.com/kb/en/semisynchronous-replication/">MariaDB</a>
 */
final class SemiSync {

    private static final List<String> SWITCHES =
            List.of("rpl_semi_sync_source_enabled", "rpl_semi_sync_master_enabled");

    private SemiSync() {
    }

    /** Whether the server is set up for it. */
    static boolean offered(MySqlSession session) throws IOException {
        for (String name : SWITCHES) {
            try {
                return "1".equals(session.query("SELECT @@global." + name).get(0).get(0));
            } catch (MySqlException e) {
                if (e.code() != MySqlException.UNKNOWN_VARIABLE) {
                    throw e;
                }
            }
        }
        return false;
    }

    static void request(MySqlSession session) throws IOException {
        session.query("SET @rpl_semi_sync_slave=1, @rpl_semi_sync_replica=1");
    }
}
