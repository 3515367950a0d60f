package io.onedump.artifact;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes texts of others fit for a terminal, a log and a message: what a server answers and how somebody calls a file
 * may hold sequences that a terminal obeys, and line breaks behind which anything can be said in our name.
 */
public final class CleanText {

    private static final Pattern LINE_BREAKS =
            Pattern.compile("[\\s\\u0085\\u2028\\u2029]*\\R[\\s\\u0085\\u2028\\u2029]*");
    /** Control characters, and those that change the direction of a text or cannot be seen. */
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]");

    private CleanText() {
    }

    /** The text in one line, with a space for line breaks and tabs, and in escapes what a terminal would obey. */
    public static String of(String text) {
        return visible(LINE_BREAKS.matcher(text.strip()).replaceAll(" ").replace('\t', ' '));
    }

    /**
     * The same for a text of several lines, each of them clean. None after the first begins at the margin, where lines
     * of a log begin.
     */
    public static String lines(String text) {
        return text.stripTrailing().lines().map(line -> visible(line.stripTrailing().replace('\t', ' ')))
                .collect(Collectors.joining("\n")).replaceAll("\n(?=[^ \n])", "\n  ");
    }

    /** The same characters in escapes, but line breaks and tabs stay. */
    public static String characters(String text) {
        return OBEYED.matcher(text).replaceAll(found -> "\n\t".contains(found.group())
                ? found.group()
                : escape(found.group()));
    }

    private static String visible(String line) {
        return OBEYED.matcher(line).replaceAll(found -> escape(found.group()));
    }

    private static String escape(String character) {
        return character.chars().mapToObj(unit -> String.format("\\\\u%04x", unit)).collect(Collectors.joining());
    }
}
