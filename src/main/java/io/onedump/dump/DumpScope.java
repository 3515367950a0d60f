package io.onedump.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What of a MySQL or MariaDB server one dump takes.
 *
 * @param database null for several
 * @param named    words among the options, of which those that are databases are dumped in this order; null for all
 *                 databases in the server's order
 * @param whole    whether it takes the accounts too, as a dump of the whole server does
 * @param ignored  tables and views that are left out, as {@code database.table}
 * @param data     whether rows are dumped too
 */
record DumpScope(String database, List<String> named, boolean whole, Set<String> ignored, boolean data) {

    private static final List<String> SEVERAL = List.of("--databases", "-B");
    private static final List<String> ALL = List.of("--all-databases", "-A");
    private static final List<String> NO_DATA = List.of("--no-data", "-d");

    static DumpScope of(DumpRequest request) {
        List<String> options = request.options();
        String named = request.dsn().database();
        boolean several = ToolOptions.MYSQL.has(options, SEVERAL);
        boolean all = ToolOptions.MYSQL.has(options, ALL);
        return new DumpScope(several || all ? null : named, several && !all ? words(options, named) : null,
                all || named == null && !several,
                Set.copyOf(ToolOptions.MYSQL.values(options, "--ignore-table")),
                !ToolOptions.MYSQL.has(options, NO_DATA));
    }

    /** The DSN's name comes behind the options. */
    private static List<String> words(List<String> options, String named) {
        List<String> words = new ArrayList<>(options);
        if (named != null) {
            words.add(named);
        }
        return List.copyOf(words);
    }

    /** The databases of the dump, in the order in which the tool writes them. */
    List<String> order(List<String> all) {
        return database != null
                ? List.of(database)
                : named == null ? all : named.stream().filter(all::contains).toList();
    }

    /** A condition for a query of information_schema. */
    String condition(String column) {
        return database == null
                ? column + " NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"
                : column + " = '" + database.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
