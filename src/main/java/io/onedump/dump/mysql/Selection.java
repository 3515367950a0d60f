package io.onedump.dump.mysql;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.onedump.database.TableGlob;

/**
 * What of a server one dump takes.
 *
 * @param database null for all
 * @param tables   globs, {@code table} or {@code database.table}; empty for all
 * @param excluded the same of those that are left out
 * @param where    conditions by {@code table} or {@code database.table}
 * @param schema   whether tables and all else of the schema are dumped
 * @param data     whether rows are
 * @param accounts whether accounts and what they may do are
 * @param lockLoose whether nobody may write to tables without transactions until they are read
 */
public record Selection(String database, List<String> tables, List<String> excluded, Map<String, String> where,
        boolean schema, boolean data, boolean accounts, boolean lockLoose) {

    private static final List<String> SYSTEM = List.of("mysql", "sys", "information_schema", "performance_schema");

    public Selection {
        tables = List.copyOf(tables);
        excluded = List.copyOf(excluded);
        where = Map.copyOf(where);
        if (!schema && !data) {
            throw new IllegalArgumentException("schemaOnly and dataOnly together leave nothing: set one of them");
        }
    }

    /** What is asked of a dump that writers need not wait for. */
    public Selection(String database, List<String> tables, List<String> excluded, Map<String, String> where,
            boolean schema, boolean data, boolean accounts) {
        this(database, tables, excluded, where, schema, data, accounts, false);
    }

    /**
     * A line {@code table: condition} for each table.
     *
     * @throws IllegalArgumentException for a line that is not so
     */
    public static Map<String, String> conditions(String text) {
        Map<String, String> conditions = new LinkedHashMap<>();
        for (String line : text == null ? List.<String>of() : text.lines().map(String::strip).toList()) {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                continue;
            }
            if (colon < 1 || line.substring(colon + 1).isBlank()) {
                throw new IllegalArgumentException("'" + line + "' is not a table, a colon and a condition, such as"
                        + " orders: created >= '2024-01-01'");
            }
            conditions.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return conditions;
    }

    /** Whether the dump makes its databases itself. */
    boolean named() {
        return database == null;
    }

    boolean takes(String schemaName) {
        return database == null ? !SYSTEM.contains(schemaName) : database.equals(schemaName);
    }

    /** Whether a table, view or sequence is taken. */
    boolean takes(String schemaName, String name) {
        return (tables.isEmpty() || matches(tables, schemaName, name)) && !matches(excluded, schemaName, name);
    }

    /** Whether everything of a database is taken, also what is no table. */
    boolean takesAllKinds() {
        return schema && tables.isEmpty();
    }

    /** Which rows, or null for all. */
    String where(String schemaName, String name) {
        return where.getOrDefault(schemaName + "." + name, where.get(name));
    }

    private static boolean matches(Collection<String> globs, String schemaName, String name) {
        return globs.stream().anyMatch(glob -> TableGlob.matches(glob, schemaName, name));
    }
}
