package io.onedump.dump.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of tables in the server's own exact words: digits of numbers, hex digits of everything else. */
final class ExactText {

    private ExactText() {
    }

    /** All rows of all tables of a database, sorted. */
    static List<String> of(Connection connection, String database) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
        }
        for (String table : texts(connection, "SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                + database + "' AND table_type NOT IN ('VIEW', 'SEQUENCE')")) {
            List<String> columns = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT column_name, data_type FROM"
                            + " information_schema.columns WHERE table_schema = '" + database
                            + "' AND table_name = '" + table.replace("'", "''") + "' ORDER BY ordinal_position")) {
                while (rows.next()) {
                    columns.add(exact("`" + rows.getString(1).replace("`", "``") + "`",
                            rows.getString(2).toLowerCase(Locale.ROOT)));
                }
            }
            texts(connection, "SELECT CONCAT_WS('|', " + String.join(", ", columns) + ") FROM `" + database + "`.`"
                    + table.replace("`", "``") + "`").forEach(line -> lines.add(table + ": " + line));
        }
        lines.sort(null);
        return lines;
    }

    private static String exact(String column, String type) {
        String text = switch (type) {
            case "float", "double" -> "CAST(" + column + "*1e0 AS CHAR)";
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year", "date", "time", "datetime",
                    "timestamp" ->
                "CAST(" + column + " AS CHAR)";
            case "bit" -> "HEX(" + column + "+0)";
            case "enum", "set" -> "CONCAT(HEX(" + column + "), '=', " + column + "+0)";
            case "json" -> "CONCAT(HEX(CAST(" + column + " AS CHAR)), JSON_TYPE(" + column + "))";
            default -> "HEX(" + column + ")";
        };
        return "IFNULL(" + text + ", 'NULL')";
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
