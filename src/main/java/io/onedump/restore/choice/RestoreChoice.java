package io.onedump.restore.choice;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.onedump.database.TableGlob;

/**
 * What of a dump comes back, and as what.
 *
 * @param databases those that are wanted; empty for all
 * @param tables    globs {@code database.table}, or {@code table} for those of every database; empty for all
 * @param schema    whether tables and all else of the schema are made
 * @param data      whether rows are loaded
 * @param into      another name for the database, for a choice of one; else null
 * @param definer   {@code user@host} in place of the definers of views, triggers, routines and events, empty for who
 *                  restores, null for those of the dump
 * @param replace   whether what is there under the same names goes
 */
public record RestoreChoice(List<String> databases, List<String> tables, boolean schema, boolean data, String into,
        String definer, boolean replace) {

    public RestoreChoice {
        databases = List.copyOf(databases);
        tables = List.copyOf(tables);
        if (!schema && !data) {
            throw new IllegalArgumentException("neither schema nor rows are wanted: nothing would be restored");
        }
        if (into != null && into.isBlank()) {
            throw new IllegalArgumentException("the database to restore into has no name");
        }
    }

    /** All of a dump as it is. */
    public static RestoreChoice everything() {
        return new RestoreChoice(List.of(), List.of(), true, true, null, null, false);
    }

    /** Whether it is a choice of tables, so that what is no table stays where it is. */
    public boolean isOfTables() {
        return !tables.isEmpty();
    }

    public boolean takesDatabase(String database) {
        return databases.isEmpty() || databases.contains(database);
    }

    public boolean takesTable(String database, String table) {
        return takesDatabase(database) && (tables.isEmpty() || tables.stream().anyMatch(glob -> TableGlob.matches(glob,
                database, table)));
    }

    /** What is asked, in one line that is the same for the same. */
    public String inWords() {
        Map<String, String> words = new TreeMap<>();
        words.put("databases", databases.stream().sorted().collect(Collectors.joining(",")));
        words.put("tables", tables.stream().sorted().collect(Collectors.joining(",")));
        words.put("parts", (schema ? "schema" : "") + (data ? "data" : ""));
        words.put("into", String.valueOf(into));
        words.put("definer", String.valueOf(definer));
        return words.toString();
    }
}
