package io.onedump.dump;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.Queries;
import io.onedump.database.mysql.Row;

/**
 * What is in the databases that one tool or another cannot dump, or not in a way that comes back. Names are
 * {@code database.table}.
 *
 * @param floats           tables with a FLOAT column, of which the servers print six digits
 * @param generated        MySQL's tables with generated columns
 * @param sequences        MariaDB's sequences
 * @param sequenceDefaults tables with a column whose default asks a sequence
 * @param versioned        tables with a history
 * @param transactional    those of them whose history goes by transactions
 * @param brokenViews      views that cannot be read, with the server's reason
 * @param orphanedViews    views whose definer is gone
 */
record MySqlHazards(Set<String> floats, Set<String> generated, Set<String> sequences, SequenceDefaults sequenceDefaults,
        Set<String> versioned, Set<String> transactional, Map<String, String> brokenViews, Set<String> orphanedViews) {

    /** Nothing is in the way. */
    static final MySqlHazards NONE = new MySqlHazards(Set.of(), Set.of(), Set.of(), SequenceDefaults.NONE,
            Set.of(), Set.of(), Map.of(), Set.of());

    static MySqlHazards ask(Queries server, DumpScope scope) throws IOException {
        return new Search(server, scope).run();
    }

    /** One look at a server. */
    private static final class Search {

        private static final int AT_ONCE = 50;

        private final Queries server;
        private final DumpScope scope;
        private final Map<String, String> types = new LinkedHashMap<>();
        private final Map<String, String> quoted = new LinkedHashMap<>();
        private final Map<String, String> broken = new LinkedHashMap<>();
        private final Set<String> orphaned = new LinkedHashSet<>();

        Search(Queries server, DumpScope scope) {
            this.server = server;
            this.scope = scope;
        }

        MySqlHazards run() throws IOException {
            boolean mariaDb = server.flavour() == Flavour.MARIADB;
            for (Row row : server.query("SELECT table_schema, table_name, table_type FROM information_schema.tables"
                    + " WHERE " + scope.condition("table_schema"))) {
                String name = name(row);
                if (!scope.ignored().contains(name)) {
                    types.put(name, row.get(2));
                    quoted.put(name, quote(row.get(0)) + "." + quote(row.get(1)));
                }
            }
            checkViews(List.copyOf(typed("VIEW")));
            types.values().removeIf("VIEW"::equals);
            return new MySqlHazards(
                    scope.data() ? columns("data_type = 'float' AND numeric_scale IS NULL") : Set.of(),
                    mariaDb ? Set.of() : columns("generation_expression <> ''"),
                    typed("SEQUENCE"),
                    mariaDb ? SequenceDefaults.ask(server, scope, types.keySet()) : SequenceDefaults.NONE,
                    scope.data() ? typed("SYSTEM VERSIONED") : Set.of(),
                    mariaDb ? columns("generation_expression = 'ROW START' AND data_type = 'bigint'") : Set.of(),
                    broken, orphaned);
        }

        private Set<String> typed(String type) {
            Set<String> names = new LinkedHashSet<>(types.keySet());
            names.removeIf(name -> !types.get(name).equals(type));
            return names;
        }

        private Set<String> columns(String condition) throws IOException {
            Set<String> names = new LinkedHashSet<>();
            try {
                for (Row row : server.query("SELECT DISTINCT table_schema, table_name FROM information_schema.columns"
                        + " WHERE " + scope.condition("table_schema") + " AND " + condition)) {
                    names.add(name(row));
                }
            } catch (MySqlException e) {
                if (e.code() != MySqlException.UNKNOWN_COLUMN) {
                    throw e;
                }
                // The server is too old to have generated columns.
            }
            names.retainAll(types.keySet());
            return names;
        }

        /** CHECK TABLE opens a view as the tool will, and reads nothing. What it finds is asked as the tool asks. */
        private void checkViews(List<String> views) throws IOException {
            for (int from = 0; from < views.size(); from += AT_ONCE) {
                Set<String> suspects = new LinkedHashSet<>();
                List<String> some = views.subList(from, Math.min(views.size(), from + AT_ONCE));
                for (Row row : server.query("CHECK TABLE " + String.join(", ", some.stream().map(quoted::get)
                        .toList()))) {
                    String view = row.get(0);
                    if (views.contains(view) && row.get(2).equalsIgnoreCase("error")) {
                        suspects.add(view);
                    }
                    if (suspects.contains(view) && row.get(3).matches("(?s).*definer.*does not exist.*")) {
                        orphaned.add(view);
                    }
                }
                for (String view : suspects) {
                    askForFields(view);
                }
            }
        }

        private void askForFields(String view) throws IOException {
            try {
                server.query("SHOW FIELDS FROM " + quoted.get(view));
            } catch (MySqlException e) {
                broken.put(view, e.serverMessage());
                orphaned.remove(view);
            }
        }

        private static String name(Row row) {
            return row.get(0) + "." + row.get(1);
        }

        private static String quote(String name) {
            return "`" + name.replace("`", "``") + "`";
        }
    }
}
