package io.onedump.servers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything in a database, read through JDBC, as text: a line for each row with the exact value of every column, and
 * lines for the definitions of tables, views, triggers, routines, events and sequences. Meant for tables of a few
 * thousand rows.
 *
 * @param lines in a fixed order, which does not depend on the order of the rows in the tables
 */
public record DatabaseSnapshot(List<String> lines) {

    public DatabaseSnapshot {
        lines = lines.stream().sorted().toList();
    }

    /** What has to be taken away (-) from the other snapshot and added (+) to it to get this one. */
    public List<String> differencesFrom(DatabaseSnapshot other) {
        List<String> differences = new ArrayList<>();
        without(other.lines, lines).forEach(line -> differences.add("- " + line));
        without(lines, other.lines).forEach(line -> differences.add("+ " + line));
        return differences;
    }

    /** Each line counts: a row that is there twice must be there twice on the other side. */
    private static List<String> without(Collection<String> lines, Collection<String> others) {
        Map<String, Integer> left = new HashMap<>();
        others.forEach(line -> left.merge(line, 1, Integer::sum));
        return lines.stream().filter(line -> left.merge(line, -1, Integer::sum) < 0).toList();
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
