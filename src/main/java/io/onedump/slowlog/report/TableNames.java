package io.onedump.slowlog.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.slowlog.digest.ClassSummary;

/** What to ask a server about the tables of a class; only of those whose names have no {@code ?} in them. */
final class TableNames {

    private TableNames() {
    }

    static List<String> questions(ClassSummary c) {
        String database =
                c.profile().databases().size() == 1 ? c.profile().databases().keySet().iterator().next() : null;
        return Arrays.stream(c.item().split(" ")).skip(1)
                .filter(word -> word.equals(word.toLowerCase(Locale.ROOT)) && !word.contains("?"))
                .map(table -> database == null || table.contains(".") ? table : database + "." + table)
                .flatMap(TableNames::questions).toList();
    }

    private static Stream<String> questions(String table) {
        String[] parts = table.split("\\.", 2);
        String create =
                "SHOW CREATE TABLE " + Arrays.stream(parts).map(TableNames::quoted).collect(Collectors.joining("."));
        return parts.length == 1
                ? Stream.of(create)
                : Stream.of("SHOW TABLE STATUS FROM " + quoted(parts[0]) + " LIKE '" + parts[1] + "'", create);
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }
}
