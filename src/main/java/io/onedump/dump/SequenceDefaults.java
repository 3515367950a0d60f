package io.onedump.dump;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.database.mysql.Queries;
import io.onedump.database.mysql.Row;

/**
 * MariaDB's tables with a column whose default asks a sequence, which has to be there before the table is made.
 *
 * @param tables  all of them, as {@code database.table}
 * @param early   those that the tool writes before a sequence of theirs, since that one's database comes later
 * @param foreign those with a sequence in a database that is not in the dump at all
 * @param wanted  the databases of the sequences of {@code early} and {@code foreign}
 */
record SequenceDefaults(Set<String> tables, Set<String> early, Set<String> foreign, Set<String> wanted) {

    static final SequenceDefaults NONE = new SequenceDefaults(Set.of(), Set.of(), Set.of(), Set.of());

    private static final Pattern TEXT = Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*+'", Pattern.DOTALL);
    private static final Pattern DATABASE =
            Pattern.compile("(?:next|last|set)val\\(`((?:[^`]|``)+)`\\.`", Pattern.CASE_INSENSITIVE);

    /** @param taken tables that are in the dump */
    static SequenceDefaults ask(Queries server, DumpScope scope, Collection<String> taken) throws IOException {
        Map<String, Set<String>> sequences = new LinkedHashMap<>();
        Map<String, String> homes = new LinkedHashMap<>();
        for (Row row : server.query("SELECT table_schema, table_name, column_default FROM information_schema.columns"
                + " WHERE " + scope.condition("table_schema") + " AND LOWER(column_default) LIKE '%val(%'")) {
            Matcher matcher = DATABASE.matcher(TEXT.matcher(row.get(2)).replaceAll("''"));
            String table = row.get(0) + "." + row.get(1);
            while (taken.contains(table) && matcher.find()) {
                homes.put(table, row.get(0));
                sequences.computeIfAbsent(table, added -> new LinkedHashSet<>())
                        .add(matcher.group(1).replace("``", "`"));
            }
        }
        if (sequences.isEmpty()) {
            return NONE;
        }
        List<String> all = scope.database() != null
                ? List.of()
                : server.query("SHOW DATABASES").stream().map(row -> row.get(0)).toList();
        return compare(sequences, homes, scope.order(all));
    }

    private static SequenceDefaults compare(Map<String, Set<String>> sequences, Map<String, String> homes,
            List<String> order) {
        Set<String> early = new LinkedHashSet<>();
        Set<String> foreign = new LinkedHashSet<>();
        Set<String> wanted = new LinkedHashSet<>();
        sequences.forEach((table, databases) -> {
            for (String database : databases) {
                int at = order.indexOf(database);
                if (at < 0 || at > order.indexOf(homes.get(table))) {
                    (at < 0 ? foreign : early).add(table);
                    wanted.add(database);
                }
            }
        });
        return new SequenceDefaults(sequences.keySet(), early, foreign, wanted);
    }
}
