package io.onedump.dump.postgres;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.onedump.database.TableGlob;

/**
 * What of a PostgreSQL database one dump takes.
 *
 * @param tables   globs, {@code table} or {@code schema.table}; empty for all
 * @param excluded the same of those that are left out
 * @param where    conditions by {@code table} or {@code schema.table}
 * @param schema   whether tables and all else of the schema are dumped
 * @param data     whether rows are
 * @param values   whether values of sequences are, and which large objects there are
 */
public record PgSelection(List<String> tables, List<String> excluded, Map<String, String> where, boolean schema,
        boolean data, boolean values) {

    public PgSelection {
        tables = List.copyOf(tables);
        excluded = List.copyOf(excluded);
        where = Map.copyOf(where);
    }

    boolean takes(String schemaName, String name) {
        return (tables.isEmpty() || matches(tables, schemaName, name)) && !excludes(schemaName, name);
    }

    boolean excludes(String schemaName, String name) {
        return matches(excluded, schemaName, name);
    }

    /** Which rows, or null for all. */
    String where(String schemaName, String name) {
        return where.getOrDefault(schemaName + "." + name, where.get(name));
    }

    private static boolean matches(Collection<String> globs, String schemaName, String name) {
        return globs.stream().anyMatch(glob -> TableGlob.matches(glob, schemaName, name));
    }
}
