package io.onedump.database;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which tables are meant by {@code table} or {@code database.table}, with {@code *} and {@code ?}. */
public final class TableGlob {

    private TableGlob() {
    }

    /** Words between commas or white space; none for null. */
    public static List<String> words(String text) {
        return text == null ? List.of() : Stream.of(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }

    /** Whether a glob means that table; one without a dot means those of every database. */
    public static boolean matches(String glob, String database, String table) {
        return pattern(glob).matcher(glob.contains(".") ? database + "." + table : table).matches();
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(glob.chars().mapToObj(c -> switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf((char) c));
        }).collect(Collectors.joining()), Pattern.DOTALL);
    }
}
