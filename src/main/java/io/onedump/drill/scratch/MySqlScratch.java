package io.onedump.drill.scratch;

import java.io.IOException;
import java.util.List;

import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;

/** What scratch servers of MySQL and MariaDB have in common. */
final class MySqlScratch {

    private static final List<String> SYSTEM = List.of("mysql", "sys", "information_schema", "performance_schema");

    private MySqlScratch() {
    }

    static void makeDatabase(Dsn dsn, String name) throws IOException {
        try (MySqlSession session = MySqlSession.connect(MySqlDsn.settings(dsn))) {
            session.query("CREATE DATABASE " + Sql.name(name));
        }
    }

    /** Those that are not the server's own. */
    static List<String> databases(MySqlSession session) throws IOException {
        return session.query("SHOW DATABASES").stream().map((Row row) -> row.get(0))
                .filter(name -> !SYSTEM.contains(name)).toList();
    }
}
