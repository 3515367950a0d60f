package io.onedump.restore.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;

/** Changes one value of a row as little as its type allows, looks whether that is seen, and takes it back. */
final class Mutations {

    private static final int COUNT = 1000;

    private final MySqlSession session;
    private final List<DumpIndex.Table> tables;
    private final String database;
    private final Random random = new Random(20261130);

    interface Difference {
        String of(DumpIndex.Table table) throws IOException;
    }

    Mutations(MySqlSession session, List<DumpIndex.Table> tables, String database) {
        this.session = session;
        this.tables = tables.stream().filter(table -> table.rows() > 0 && table.engine().equals("InnoDB")
                && !table.from().contains("SYSTEM_TIME")).toList();
        this.database = database;
    }

    void thousand(Difference difference) throws IOException {
        int done = 0;
        List<String> missed = new ArrayList<>();
        for (int tries = 0; done < COUNT; tries++) {
            assertThat(tries).as("changes that the server takes").isLessThan(20 * COUNT);
            DumpIndex.Table table = tables.get(random.nextInt(tables.size()));
            String change = change(table);
            if (change == null) {
                continue;
            }
            session.query("START TRANSACTION");
            try {
                session.query(change);
                // Not every change of a statement is one of the value: rounding, a limit of the type.
                if (Long.parseLong(session.query("SELECT ROW_COUNT()").get(0).get(0)) == 1) {
                    done++;
                    if (difference.of(table) == null) {
                        missed.add(change);
                    }
                }
            } catch (MySqlException e) {
                // It does not fit the column; another one will.
            }
            session.query("ROLLBACK");
        }
        assertThat(missed).isEmpty();
    }

    private String change(DumpIndex.Table table) throws IOException {
        String column = table.columns().get(random.nextInt(table.columns().size()));
        List<Row> described = session.query("SELECT data_type, extra FROM information_schema.columns WHERE"
                + " table_schema = " + Sql.text(database) + " AND table_name = " + Sql.text(table.name())
                + " AND column_name = " + Sql.text(column));
        String name = Sql.name(column);
        String now = described.isEmpty() ? null : changed(name, described.get(0).get(0));
        return now == null
                ? null
                : "UPDATE " + Sql.name(database, table.name()) + " SET " + name + " = " + now + " LIMIT 1";
    }

    private String changed(String name, String type) {
        if (random.nextInt(10) == 0) {
            return "NULL";
        }
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> name + (random.nextBoolean()
                    ? " + 1"
                    : " - 1");
            case "decimal" -> name + " + 0.01";
            case "float" -> "(" + name + " * 1e0) * 1.0000003";
            case "double" -> name + " * 1.0000000000000005";
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> random.nextBoolean()
                    ? "CONCAT(" + name + ", 'x')"
                    : "INSERT(" + name + ", 1, 1, 'q')";
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                "INSERT(" + name + ", 1, 1, CHAR(ASCII(" + name + ") ^ 1))";
            case "bit", "set" -> name + " ^ 1";
            case "enum" -> name + " + 1";
            case "date", "datetime", "timestamp" -> name + " + INTERVAL 1 " + (type.equals("date") ? "DAY" : "SECOND");
            case "time" -> "ADDTIME(" + name + ", '00:00:01')";
            case "json" -> "JSON_ARRAY(" + name + ")";
            default -> null;
        };
    }
}
