package io.onedump.binlog.source;

import java.io.IOException;
import java.util.List;

import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;

/**
 * Who a server is.
 *
 * @param id      its own unique name; empty for servers that have none (MariaDB before 10.11)
 * @param version for example {@code 8.0.31}
 */
public record ServerIdentity(String id, String version) {

    private static final List<String> VARIABLES = List.of("server_uuid", "server_uid");

    public static ServerIdentity of(MySqlSession session) throws IOException {
        for (String name : VARIABLES) {
            try {
                return new ServerIdentity(session.query("SELECT @@global." + name).get(0).get(0),
                        session.serverVersion());
            } catch (MySqlException e) {
                if (e.code() != MySqlException.UNKNOWN_VARIABLE) {
                    throw e;
                }
            }
        }
        return new ServerIdentity("", session.serverVersion());
    }

    /** Whether both say who they are, and say different things. */
    public boolean contradicts(String otherId) {
        return !id.isEmpty() && !otherId.isEmpty() && !id.equals(otherId);
    }
}
