package io.onedump.dump;

import java.util.List;
import java.util.Set;

/**
 * What of a MySQL or MariaDB server one dump takes.
 *
 * @param database null for several
 * @param whole    whether it takes the accounts too, as a dump of the whole server does
 * @param ignored  tables and views that are left out, as {@code database.table}
 * @param data     whether rows are dumped too
 */
record DumpScope(String database, boolean whole, Set<String> ignored, boolean data) {

    private static final List<String> SEVERAL = List.of("--databases", "-B");
    private static final List<String> ALL = List.of("--all-databases", "-A");
    private static final List<String> NO_DATA = List.of("--no-data", "-d");

    static DumpScope of(DumpRequest request) {
        List<String> options = request.options();
        String named = request.dsn().database();
        boolean several = ToolOptions.MYSQL.has(options, SEVERAL);
        boolean all = ToolOptions.MYSQL.has(options, ALL);
        return new DumpScope(several || all ? null : named, all || named == null && !several,
                Set.copyOf(ToolOptions.MYSQL.values(options, "--ignore-table")),
                !ToolOptions.MYSQL.has(options, NO_DATA));
    }

    /** A condition for a query of information_schema. */
    String condition(String column) {
        return database == null
                ? column + " NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"
                : column + " = '" + database.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
