package io.onedump.restore.mysql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Names of objects as they stand in frames and in messages. */
final class Names {

    private static final int SHOWN = 5;

    private Names() {
    }

    /** In bytes, one character each. */
    static String bytes(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A few of them, for a message: those that are nearest to what was written. */
    static String some(List<String> names, String wanted) {
        return names.stream().sorted((a, b) -> Integer.compare(distance(a, wanted), distance(b, wanted))).limit(SHOWN)
                .collect(Collectors.joining(", "))
                + (names.size() > SHOWN
                        ? " and " + (names.size() - SHOWN)
                                + " more"
                        : "");
    }

    static String some(List<String> names) {
        return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }

    /** How many letters have to be changed, added or left out. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
