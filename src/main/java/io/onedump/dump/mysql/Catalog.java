package io.onedump.dump.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;

/** What of a server is dumped, as the server describes it. */
final class Catalog {

    private static final Set<String> WITHOUT_ROWS = Set.of("MRG_MYISAM", "MRG_ISAM", "FEDERATED", "BLACKHOLE");

    private final MySqlSession session;
    private final Selection selection;
    private final boolean history;

    /** @param history whether what a server of this version loads may have rows of the past */
    Catalog(MySqlSession session, Selection selection, Server server) {
        this.session = session;
        this.selection = selection;
        this.history = server.mariaDb() && server.version().isAtLeast(10, 11, 0);
    }

    /**
     * A database with what is in it.
     *
     * @param versioned those whose history is not dumped
     */
    record Database(String name, String characterSet, String collation, List<TablePlan> tables, List<String> views,
            List<String> sequences, List<String> versioned) {
    }

    /** What the server says at one time does not fit what it said just before. */
    static final class Changed extends IOException {

        private static final long serialVersionUID = 1L;

        private Changed(String message) {
            super(message);
        }
    }

    /** What one database or one table is called, and of a database its defaults. */
    record Name(String database, String table, String defaults) {
    }

    /** All databases and tables that are dumped, as quickly as the server can tell. */
    List<Name> names() throws IOException {
        List<Name> names = new ArrayList<>();
        for (Row row : session.query("SELECT schema_name, default_character_set_name, default_collation_name"
                + " FROM information_schema.schemata ORDER BY schema_name")) {
            if (selection.takes(row.get(0))) {
                names.add(new Name(row.get(0), null, row.get(1) + " " + row.get(2)));
            }
        }
        for (Row row : session.query("SELECT table_schema, table_name FROM information_schema.tables WHERE table_type"
                + " NOT IN ('VIEW', 'SYSTEM VIEW', 'SEQUENCE')" + (selection.database() == null
                        ? ""
                        : " AND table_schema = " + Sql.text(selection.database()))
                + " ORDER BY table_schema, table_name")) {
            if (selection.takes(row.get(0)) && selection.takes(row.get(0), row.get(1))) {
                names.add(new Name(row.get(0), row.get(1), null));
            }
        }
        return names;
    }

    List<Database> databases() throws IOException {
        List<Database> databases = new ArrayList<>();
        for (Row row : session.query("SELECT schema_name, default_character_set_name, default_collation_name"
                + " FROM information_schema.schemata ORDER BY schema_name")) {
            if (selection.takes(row.get(0))) {
                Database database = database(row.get(0), row.get(1), row.get(2));
                // Of a choice of tables a database that has none of them is no part.
                if (selection.tables().isEmpty() || !database.tables().isEmpty() || !database.views().isEmpty()) {
                    databases.add(database);
                }
            }
        }
        return databases;
    }

    private Database database(String name, String characterSet, String collation) throws IOException {
        Database database = new Database(name, characterSet, collation, new ArrayList<>(), new ArrayList<>(),
                new ArrayList<>(), new ArrayList<>());
        Map<String, List<Row>> columns = byTable(name, "SELECT table_schema, table_name, column_name, data_type,"
                + " column_type, character_set_name, generation_expression FROM information_schema.columns"
                + " WHERE table_schema = " + Sql.text(name) + " ORDER BY table_name, ordinal_position");
        Map<String, List<Row>> keys = byTable(name, "SELECT table_schema, table_name, index_name, column_name,"
                + " nullable, sub_part FROM information_schema.statistics WHERE non_unique = 0 AND table_schema = "
                + Sql.text(name) + " ORDER BY table_name, index_name <> 'PRIMARY', index_name, seq_in_index");
        for (Row row : session.query("SELECT table_schema, table_name, table_type, engine, data_length"
                + " FROM information_schema.tables WHERE table_schema = " + Sql.text(name) + " ORDER BY table_name")) {
            String table = row.get(1);
            if (!name.equals(row.get(0)) || !selection.takes(name, table)) {
                continue;
            }
            switch (row.get(2)) {
                case "VIEW" -> database.views().add(table);
                case "SEQUENCE" -> database.sequences().add(table);
                default -> database.tables().add(plan(database, row, columns.getOrDefault(table, List.of()),
                        keys.getOrDefault(table, List.of())));
            }
        }
        return database;
    }

    private TablePlan plan(Database database, Row table, List<Row> described, List<Row> keys) throws IOException {
        String name = table.get(1);
        List<Column> columns = new ArrayList<>();
        boolean versioned = "SYSTEM VERSIONED".equals(table.get(2));
        boolean ownPeriod = false;
        boolean byTransaction = false;
        for (Row column : described) {
            String generated = column.get(6);
            boolean period = generated != null && generated.startsWith("ROW ");
            ownPeriod |= period;
            byTransaction |= period && column.get(3).equals("bigint");
            if (generated == null || generated.isEmpty()) {
                columns.add(column(database.name(), name, column));
            }
        }
        boolean past = versioned && history && !byTransaction;
        if (versioned && !past) {
            database.versioned().add(database.name() + "." + name);
        }
        if (past) {
            described.stream().filter(column -> ownPeriod(column)).forEach(
                    column -> columns.add(new Column(column.get(2), ColumnKind.PLAIN, Sql.name(column.get(2)))));
            if (!ownPeriod) {
                TablePlan.rowPeriod().forEach(
                        column -> columns.add(new Column(column, ColumnKind.PLAIN, Sql.name(column))));
            }
        }
        byte[] create = session.bytes("SHOW CREATE TABLE " + Sql.name(database.name(), name)).get(0)[1];
        String engine = table.get(3) == null ? "" : table.get(3);
        return new TablePlan(database.name(), name, engine, create, columns,
                past ? null : key(keys, described), table.get(4) == null ? 0 : table.number(4), past,
                selection.where(database.name(), name), selection.named(),
                selection.data() && !columns.isEmpty() && !WITHOUT_ROWS.contains(engine));
    }

    private static boolean ownPeriod(Row column) {
        return column.get(6) != null && column.get(6).startsWith("ROW ");
    }

    private static Column column(String database, String table, Row column) throws IOException {
        try {
            return Column.of(column.get(2), column.get(3), column.get(4), column.get(5));
        } catch (IllegalArgumentException e) {
            throw new IOException("table " + database + "." + table + ": " + e.getMessage()
                    + "; leave the table out with excludeTables, or dump with dump:mysqldump", e);
        }
    }

    /** The first whole one without NULL, which is how InnoDB orders the rows. */
    private static TablePlan.Key key(List<Row> keys, List<Row> columns) throws Changed {
        Map<String, List<Row>> byName = new LinkedHashMap<>();
        keys.forEach(part -> byName.computeIfAbsent(part.get(2), name -> new ArrayList<>()).add(part));
        for (var key : byName.entrySet()) {
            if (key.getValue().stream().allMatch(part -> part.get(3) != null && !"YES".equals(part.get(4))
                    && part.get(5) == null)) {
                List<TablePlan.Key.Part> parts = new ArrayList<>();
                for (Row part : key.getValue()) {
                    parts.add(part(part.get(3), columns));
                }
                return new TablePlan.Key(key.getKey(), parts);
            }
        }
        return null;
    }

    private static TablePlan.Key.Part part(String name, List<Row> columns) throws Changed {
        Row column = columns.stream().filter(row -> row.get(2).equals(name)).findFirst()
                .orElseThrow(() -> new Changed("column " + name + " came in between two looks at its table"));
        return new TablePlan.Key.Part(name, column.get(3), column.get(5));
    }

    /** The catalog compares names without regard to case. */
    private Map<String, List<Row>> byTable(String database, String sql) throws IOException {
        Map<String, List<Row>> byTable = new LinkedHashMap<>();
        for (Row row : session.query(sql)) {
            if (row.get(0).equals(database)) {
                byTable.computeIfAbsent(row.get(1), table -> new ArrayList<>()).add(row);
            }
        }
        return byTable;
    }

    /** The statement that makes a table, without the counter that moves while others write. */
    static String settled(TablePlan table) {
        return new String(table.create(), StandardCharsets.UTF_8).replaceFirst("(?m)^(\\) .*?) AUTO_INCREMENT=\\d+",
                "$1");
    }
}
