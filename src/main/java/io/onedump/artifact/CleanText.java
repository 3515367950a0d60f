package io.onedump.artifact;

import java.util.regex.Pattern;

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
        String line = LINE_BREAKS.matcher(text.strip()).replaceAll(" ").replace('\t', ' ');
        return OBEYED.matcher(line)
                .replaceAll(found -> String.format("\\\\u%04x", found.group().codePointAt(0)));
    }
}
