package io.onedump.servers;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link DatabaseSnapshot} from MariaDB or MySQL. */
final class MySqlSnapshot {

    private final String database;
    private final SnapshotQueries queries;

    private MySqlSnapshot(Connection connection, String database) {
        this.database = database;
        this.queries = new SnapshotQueries(connection);
    }

    static DatabaseSnapshot take(Connection connection, String database) throws SQLException {
        MySqlSnapshot snapshot = new MySqlSnapshot(connection, database);
        snapshot.read();
        return snapshot.queries.snapshot();
    }

    private void read() throws SQLException {
        queries.execute("SET time_zone = '+00:00'");
        queries.describe("database", "SELECT default_character_set_name, default_collation_name"
                + " FROM information_schema.schemata WHERE schema_name = " + text(database));
        for (String table : names("table_name", "tables", "table_schema", "table_type <> 'VIEW'")) {
            queries.describe("table " + table, "SHOW CREATE TABLE " + in(table));
            rows(table);
        }
        for (String view : names("table_name", "views", "table_schema", "TRUE")) {
            queries.describe("view", "SHOW CREATE VIEW " + in(view));
        }
        // SHOW CREATE TRIGGER would add the time of creation, which no dump keeps.
        queries.describe("trigger", "SELECT trigger_name, event_manipulation, event_object_table, action_order,"
                + " action_timing, action_statement, sql_mode, definer, character_set_client, collation_connection"
                + " FROM information_schema.triggers WHERE trigger_schema = " + text(database));
        for (String type : List.of("PROCEDURE", "FUNCTION")) {
            for (String routine : names("routine_name", "routines", "routine_schema", "routine_type = " + text(type))) {
                queries.describe("routine", "SHOW CREATE " + type + " " + in(routine));
            }
        }
        for (String event : names("event_name", "events", "event_schema", "TRUE")) {
            queries.describe("event", "SHOW CREATE EVENT " + in(event));
        }
    }

    private void rows(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (String column : queries.names("SELECT column_name FROM information_schema.columns WHERE table_schema = "
                + text(database) + " AND table_name = " + text(table) + " ORDER BY ordinal_position")) {
            columns.add("HEX(CAST(" + name(column) + " AS BINARY)) AS " + name(column));
        }
        queries.describeHex("row of " + table, "SELECT " + String.join(", ", columns) + " FROM " + in(table));
    }

    private List<String> names(String column, String view, String schemaColumn, String condition) throws SQLException {
        return queries.names("SELECT " + column + " FROM information_schema." + view + " WHERE " + schemaColumn + " = "
                + text(database) + " AND " + condition);
    }

    private String in(String object) {
        return name(database) + "." + name(object);
    }

    private static String name(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    private static String text(String literal) {
        return "'" + literal.replace("'", "''") + "'";
    }
}
