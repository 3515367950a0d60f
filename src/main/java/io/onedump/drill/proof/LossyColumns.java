package io.onedump.drill.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;

/**
 * Columns whose values a dump by mysqldump or mariadb-dump cannot hold: these print six digits of a FLOAT, which takes
 * up to nine to come back as it was.
 */
public final class LossyColumns {

    private LossyColumns() {
    }

    /** Those that have a value, each in a line for people. */
    public static List<String> find(Dsn server) throws IOException {
        List<String> found = new ArrayList<>();
        try (MySqlSession session = MySqlSession.connect(MySqlDsn.settings(server))) {
            for (Row row : session.query("SELECT c.table_schema, c.table_name, c.column_name"
                    + " FROM information_schema.columns c JOIN information_schema.tables t"
                    + " ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
                    + " AND t.table_type = 'BASE TABLE' WHERE c.data_type = 'float' AND c.table_schema NOT IN"
                    + " ('mysql', 'sys', 'information_schema', 'performance_schema')")) {
                if (hasValue(session, row)) {
                    found.add(row.get(0) + "." + row.get(1) + "." + row.get(2) + ": it is FLOAT, of which"
                            + " mysqldump and mariadb-dump write six digits, so that nobody can tell what was lost;"
                            + " dump it with dump:mysql-native");
                }
            }
        }
        return found;
    }

    private static boolean hasValue(MySqlSession session, Row column) throws IOException {
        String name = Sql.name(column.get(2));
        try {
            return !session.query("SELECT 1 FROM " + Sql.name(column.get(0), column.get(1)) + " WHERE " + name
                    + " IS NOT NULL AND " + name + " <> FLOOR(" + name + ") LIMIT 1").isEmpty();
        } catch (MySqlException e) {
            return true;
        }
    }
}
