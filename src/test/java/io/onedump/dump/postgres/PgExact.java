package io.onedump.dump.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.onedump.servers.DatabaseSnapshot;

/** All values of a database as the server sends them in binary, which is how it has them. */
public final class PgExact {

    private PgExact() {
    }

    public static DatabaseSnapshot of(Connection connection) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET row_security = off");
            for (String[] table : rows(statement, "SELECT c.oid, c.oid::regclass FROM pg_class c JOIN pg_namespace n ON"
                    + " n.oid = relnamespace WHERE relkind IN ('r', 'm') AND nspname <> 'information_schema'"
                    + " AND nspname"
                    + " !~ '^pg_' AND relname <> '_onedump_restore' ORDER BY 2::text")) {
                StringBuilder values = new StringBuilder("''");
                for (String[] column : rows(statement, "SELECT quote_ident(attname), CASE WHEN"
                        // Numbers of objects are not the same in another database.
                        + " typname = 'regclass' OR typelem >= 16384 THEN '-' ELSE typsend::text END"
                        + " FROM pg_attribute a"
                        + " JOIN pg_type t ON t.oid = atttypid WHERE attnum > 0 AND NOT attisdropped AND attrelid = "
                        + table[0] + " ORDER BY attnum")) {
                    values.append(" || ' ' || coalesce(").append(column[1].equals("-")
                            ? column[0] + "::text"
                            : "md5(" + column[1] + "(" + column[0] + "))").append(", 'null')");
                }
                for (String[] row : rows(statement, "SELECT v FROM (SELECT " + values + " AS v FROM ONLY "
                        + table[1] + ") x ORDER BY v COLLATE \"C\"")) {
                    all.add(table[1] + row[0]);
                }
            }
            for (String[] object : rows(statement, "SELECT oid, md5(lo_get(oid)) FROM pg_largeobject_metadata"
                    + " ORDER BY oid")) {
                all.add("large object " + object[0] + " " + object[1]);
            }
            for (String[] sequence : rows(statement, "SELECT schemaname, sequencename, last_value FROM pg_sequences"
                    + " ORDER BY 1, 2")) {
                all.add("sequence " + String.join(" ", sequence[0], sequence[1], String.valueOf(sequence[2])));
            }
        }
        return new DatabaseSnapshot(all);
    }

    private static List<String[]> rows(Statement statement, String sql) throws SQLException {
        List<String[]> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                String[] row = new String[result.getMetaData().getColumnCount()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = result.getString(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
