package io.onedump.dump.mysql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;

/** Everything of a database that is neither table nor rows, as statements that bring it back. */
final class SchemaObjects {

    /** ER_VIEW_INVALID and ER_NO_SUCH_USER. */
    private static final int BROKEN_VIEW = 1356;
    private static final int NO_SUCH_USER = 1449;
    private static final List<String> DELIMITERS = List.of(";;", ";//", "$$", ";;$$;;");

    private final MySqlSession session;
    private final Server server;
    private final Selection selection;
    private final Consumer<String> tell;

    SchemaObjects(MySqlSession session, Server server, Selection selection, Consumer<String> tell) {
        this.session = session;
        this.server = server;
        this.selection = selection;
        this.tell = tell;
    }

    /** One object with the statements of its frame. */
    record Statements(DumpIndex.Kind kind, String database, String name, String table, byte[] sql) {
    }

    /** What comes after the rows, in an order that loads. */
    List<Statements> after(Catalog.Database database) throws IOException {
        tellWhatIsHidden(database);
        List<Statements> all = new ArrayList<>();
        triggers(database, all);
        if (selection.takesAllKinds()) {
            routines(database, all);
        }
        for (String view : inOrder(database)) {
            view(database, view, all);
        }
        if (selection.takesAllKinds()) {
            events(database, all);
        }
        return all;
    }

    private void tellWhatIsHidden(Catalog.Database database) throws IOException {
        List<String> grants = session.query("SHOW GRANTS").stream().map(row -> row.get(0)).toList();
        List<String> missing = HiddenKinds.missing(grants, database.name());
        if (!missing.isEmpty()) {
            tell.accept("the account's grants show no " + String.join(" and no ", missing) + " on "
                    + Sql.name(database.name())
                    + ".*, and without it the server hides what there is of them: none is in"
                    + " the dump; GRANT " + String.join(", ", missing) + " ON " + Sql.name(database.name()) + ".*");
        }
    }

    private void triggers(Catalog.Database database, List<Statements> all) throws IOException {
        Set<String> tables = new HashSet<>(database.tables().stream().map(TablePlan::name).toList());
        for (Row row : session.query("SELECT trigger_schema, trigger_name, event_object_table FROM"
                + " information_schema.triggers WHERE trigger_schema = " + Sql.text(database.name())
                + " ORDER BY event_object_table, action_timing, event_manipulation, action_order")) {
            if (row.get(0).equals(database.name()) && tables.contains(row.get(2))) {
                byte[][] shown = show("TRIGGER", database, row.get(1));
                all.add(new Statements(DumpIndex.Kind.TRIGGER, database.name(), row.get(1), row.get(2),
                        body(database, shown[2], shown[3], shown[4], shown[5], shown[1], null)));
            }
        }
    }

    private void routines(Catalog.Database database, List<Statements> all) throws IOException {
        List<String> types = server.mariaDb()
                ? List.of("PACKAGE", "FUNCTION", "PROCEDURE", "PACKAGE BODY")
                : List.of("FUNCTION", "PROCEDURE");
        List<Row> routines = session.query("SELECT routine_schema, routine_name, routine_type FROM"
                + " information_schema.routines WHERE routine_schema = " + Sql.text(database.name())
                + " ORDER BY routine_name");
        for (String type : types) {
            for (Row row : routines) {
                if (row.get(0).equals(database.name()) && row.get(2).equals(type)) {
                    byte[][] shown = show(type, database, row.get(1));
                    all.add(new Statements(DumpIndex.Kind.valueOf(type.replace(' ', '_')), database.name(), row.get(1),
                            null, body(database, shown[2], shown[3], shown[4], shown[5], shown[1], null)));
                }
            }
        }
    }

    private void events(Catalog.Database database, List<Statements> all) throws IOException {
        for (Row row : session.query("SELECT event_schema, event_name FROM information_schema.events WHERE"
                + " event_schema = " + Sql.text(database.name()) + " ORDER BY event_name")) {
            if (row.get(0).equals(database.name())) {
                byte[][] shown = show("EVENT", database, row.get(1));
                all.add(new Statements(DumpIndex.Kind.EVENT, database.name(), row.get(1), null,
                        body(database, shown[3], shown[4], shown[5], shown[6], shown[1], shown[2])));
            }
        }
    }

    private void view(Catalog.Database database, String view, List<Statements> all) throws IOException {
        String name = Sql.name(database.name(), view);
        try {
            session.query("SHOW FIELDS FROM " + name);
        } catch (MySqlException e) {
            if (e.code() == BROKEN_VIEW) {
                throw new IOException("view " + database.name() + "." + view + " cannot be read, and so could not be"
                        + " made again: " + e.serverMessage() + "; mend or drop it, or leave it out with"
                        + " excludeTables", e);
            }
            if (e.code() != NO_SUCH_USER) {
                throw e;
            }
            tell.accept("the definer of the view " + database.name() + "." + view + " does not exist: it cannot be read"
                    + " until that account is created");
        }
        byte[][] shown = show("VIEW", database, view);
        all.add(new Statements(DumpIndex.Kind.VIEW, database.name(), view, null,
                body(database, shown[1], shown[2], shown[3], null, null, null)));
    }

    /** Each behind those that it reads. */
    private Set<String> inOrder(Catalog.Database database) throws IOException {
        Map<String, String> definitions = new LinkedHashMap<>();
        Set<String> wanted = new LinkedHashSet<>(database.views());
        if (wanted.isEmpty()) {
            return wanted;
        }
        for (Row row : session.query("SELECT table_schema, table_name, view_definition FROM information_schema.views"
                + " WHERE table_schema = " + Sql.text(database.name()) + " ORDER BY table_name")) {
            if (row.get(0).equals(database.name()) && wanted.contains(row.get(1))) {
                definitions.put(row.get(1), row.get(2) == null ? "" : row.get(2));
            }
        }
        Set<String> ordered = new LinkedHashSet<>();
        Set<String> visited = new HashSet<>();
        for (String view : wanted) {
            place(database.name(), view, definitions, visited, ordered);
        }
        return ordered;
    }

    private static void place(String database, String view, Map<String, String> definitions, Set<String> visited,
            Set<String> ordered) {
        if (!visited.add(view)) {
            return;
        }
        String definition = definitions.getOrDefault(view, "");
        for (String other : definitions.keySet()) {
            if (definition.contains(Sql.name(database, other))) {
                place(database, other, definitions, visited, ordered);
            }
        }
        ordered.add(view);
    }

    private byte[][] show(String type, Catalog.Database database, String name) throws IOException {
        List<byte[][]> shown = session.bytes("SHOW CREATE " + type + " " + Sql.name(database.name(), name));
        int at = type.equals("EVENT") ? 3 : type.equals("VIEW") ? 1 : 2;
        if (shown.isEmpty() || shown.get(0)[at] == null) {
            throw new IOException("the account may not see the definition of the " + type.toLowerCase() + " "
                    + database.name() + "." + name + "; grant it what docs/dump.md lists");
        }
        return shown.get(0);
    }

    /** In the character set, collation and mode in which it was made, without which it could mean something else. */
    private byte[] body(Catalog.Database database, byte[] create, byte[] client, byte[] connection, byte[] collation,
            byte[] mode, byte[] zone) throws IOException {
        ByteArrayOutputStream sql = new ByteArrayOutputStream();
        Consumer<String> line = text -> sql.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        if (selection.named()) {
            line.accept("USE " + Sql.name(database.name()) + ";\n");
        }
        String made = collation == null ? database.collation() : utf8(collation);
        boolean other = !made.equals(database.collation());
        if (other) {
            line.accept("ALTER DATABASE COLLATE " + made + ";\n");
        }
        line.accept("SET character_set_client = " + utf8(client) + ", collation_connection = " + utf8(connection)
                + (mode == null ? "" : ", sql_mode = " + Sql.text(utf8(mode)))
                + (zone == null ? "" : ", time_zone = " + Sql.text(utf8(zone))) + ";\n");
        String text = new String(create, StandardCharsets.ISO_8859_1);
        String delimiter = DELIMITERS.stream().filter(each -> !text.contains(each)).findFirst().orElseThrow(
                () -> new IOException("a statement holds every delimiter that is known: " + utf8(create)));
        line.accept("DELIMITER " + delimiter + "\n");
        sql.writeBytes(create);
        line.accept("\n" + delimiter + "\nDELIMITER ;\n" + DumpText.SETTINGS);
        if (other) {
            line.accept("ALTER DATABASE COLLATE " + database.collation() + ";\n");
        }
        return sql.toByteArray();
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
