package io.onedump.slowlog.fingerprint;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Shortens a fingerprint to what it does with which tables, for tables and headings. */
public final class Distiller {

    private static final String ADMIN = "administrator command: ";
    private static final Pattern NOISE = Pattern.compile("/\\*.*?\\*/|[();,]");
    private static final Set<String> BEFORE_TABLE = Set.of("from", "join", "into", "update", "table", "straight_join");
    private static final Set<String> NOT_A_TABLE = Set.of("select", "low_priority", "ignore", "if", "not", "exists",
            "lateral", "dual", "outfile", "dumpfile", "set", "of", "key", "skip", "nowait");
    /** Statements that are named by two words. */
    private static final Set<String> TWO_WORDS = Set.of("create", "alter", "drop", "show", "rename", "truncate",
            "optimize", "analyze", "repair", "lock", "unlock", "flush", "load", "start", "set", "xa");
    private static final int MOST_TABLES = 6;

    private Distiller() {
    }

    public static String distill(String fingerprint) {
        if (fingerprint.startsWith(ADMIN)) {
            return "ADMIN " + fingerprint.substring(ADMIN.length()).toUpperCase(Locale.ROOT);
        }
        String[] words = NOISE.matcher(fingerprint).replaceAll(" ").trim().split("\\s+");
        StringBuilder item = new StringBuilder(words[0].toUpperCase(Locale.ROOT));
        if (TWO_WORDS.contains(words[0]) && words.length > 1) {
            item.append(' ').append(words[1].toUpperCase(Locale.ROOT));
        } else if (words[0].equals("call") && words.length > 1) {
            return item.append(' ').append(words[1]).toString();
        }
        if (fingerprint.contains(" union ") || fingerprint.contains("/*repeat union")) {
            item.append(" UNION");
        }
        tables(words).stream().limit(MOST_TABLES).forEach(table -> item.append(' ').append(table));
        return item.toString();
    }

    private static Set<String> tables(String[] words) {
        Set<String> tables = new LinkedHashSet<>();
        for (int i = 1; i < words.length; i++) {
            boolean updateOfRow = words[i - 1].equals("update") && i > 1;
            if (BEFORE_TABLE.contains(words[i - 1]) && !updateOfRow && !NOT_A_TABLE.contains(words[i])
                    && !words[i].equals("?")) {
                tables.add(words[i].replace("`", ""));
            }
        }
        return tables;
    }
}
