package io.onedump.binlog.restore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;

/** Global variables of a server. */
final class GlobalSetting {

    private GlobalSetting() {
    }

    /** The value; empty where the server has no such variable. */
    static Optional<String> value(MySqlSession session, String name) throws IOException {
        List<Row> rows = session.query("SHOW GLOBAL VARIABLES LIKE '" + name + "'");
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0).get(1));
    }

    /** @throws io.onedump.database.mysql.MySqlException when the account may not */
    static void set(MySqlSession session, String name, String value) throws IOException {
        if (!name.matches("\\w+")) {
            throw new IOException("no variable of a server is called '" + name + "'");
        }
        session.query("SET GLOBAL " + name + "=" + (value.matches("-?\\d+") ? value : Sql.text(value)));
    }
}
