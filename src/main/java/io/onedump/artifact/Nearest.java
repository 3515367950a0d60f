package io.onedump.artifact;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the word that somebody meant who wrote another. */
public final class Nearest {

    private Nearest() {
    }

    /** {@code "; did you mean cron?"}, or nothing when no word is near: half of its letters are another word's. */
    public static String suggestion(String written, Collection<String> words) {
        int limit = Math.max(1, Math.min(3, written.length() / 3 + 1));
        return words.stream().filter(word -> !word.equals(written))
                .filter(word -> distance(written, word) <= limit
                        && 2 * distance(written, word) < Math.max(written.length(), word.length()))
                .min(Comparator.comparingInt((String word) -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()))
                .map(word -> "; did you mean " + word + "?").orElse("");
    }

    /** All of them, those first that somebody may have meant. */
    public static List<String> first(String written, Collection<String> words) {
        return words.stream().sorted(Comparator.comparingInt(word -> distance(written, word))).toList();
    }

    /** Characters to insert, remove, replace, or swap with their neighbour. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
