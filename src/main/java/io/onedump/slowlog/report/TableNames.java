package io.onedump.slowlog.report;

import io.onedump.slowlog.ClassSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables of a class, ready to be pasted into a client; only those whose names have no {@code ?} in them. */
final class TableNames {

    private TableNames() {
    }

    static List<String> of(ClassSummary c) {
        String database = c.profile().databases().size() == 1 ? c.profile().databases().keySet().iterator().next() : null;
        return Arrays.stream(c.item().split(" ")).skip(1)
                .filter(word -> word.equals(word.toLowerCase(Locale.ROOT)) && !word.contains("?"))
                .map(table -> database == null || table.contains(".") ? quoted(table)
                        : quoted(database) + "." + quoted(table))
                .toList();
    }

    private static String quoted(String name) {
        return Arrays.stream(name.split("\\.")).map(part -> "`" + part + "`").collect(Collectors.joining("."));
    }
}
