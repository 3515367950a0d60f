package io.onedump.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds the placeholders of a text. Braces that belong to none are text. */
final class Placeholders {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /**
     * One placeholder.
     *
     * @param start of its first brace
     * @param end   behind its last
     * @param key   what is between, with what is nested in it
     */
    record Found(int start, int end, String key) {

        boolean isOptional() {
            return key.startsWith("?");
        }
    }

    private Placeholders() {
    }

    /** The outermost ones, in their order. */
    static List<Found> in(String text) {
        List<Found> found = new ArrayList<>();
        int at = 0;
        while ((at = text.indexOf(OPEN, at)) >= 0) {
            int end = end(text, at);
            if (end < 0) {
                at++;
            } else {
                found.add(new Found(at, end, text.substring(at + OPEN.length(), end - CLOSE.length())));
                at = end;
            }
        }
        return found;
    }

    /** The only one, when the text is nothing else. */
    static Found whole(String text) {
        List<Found> found = in(text);
        return found.size() == 1 && found.get(0).start() == 0 && found.get(0).end() == text.length()
                ? found.get(0)
                : null;
    }

    /** The text with each placeholder replaced by what a lookup of its key answers; null leaves nothing of it. */
    static String replace(String text, UnaryOperator<String> lookUp) {
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        for (Found placeholder : in(text)) {
            String value = lookUp.apply(placeholder.key());
            replaced.append(text, at, placeholder.start()).append(value == null ? "" : value);
            at = placeholder.end();
        }
        return replaced.append(text, at, text.length()).toString();
    }

    /** Behind the braces that close those at {@code start}; -1 when nothing does, or nothing is between. */
    private static int end(String text, int start) {
        int depth = 0;
        for (int at = start; at < text.length() - 1; at++) {
            if (text.startsWith(OPEN, at)) {
                depth++;
                at++;
            } else if (text.startsWith(CLOSE, at)) {
                depth--;
                if (depth == 0) {
                    return at == start + OPEN.length() ? -1 : at + CLOSE.length();
                }
                at++;
            }
        }
        return -1;
    }
}
