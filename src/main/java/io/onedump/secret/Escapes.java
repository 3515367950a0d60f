package io.onedump.secret;

import java.util.regex.Pattern;

/**
 * The inverse of what Camel's properties component does to each text last: it takes away a backslash in front of double
 * braces, and the first that it meets among the last two characters.
 */
final class Escapes {

    private static final Pattern BEFORE_BRACES = Pattern.compile("\\\\(?=\\{\\{|}})");

    private Escapes() {
    }

    /** What comes out of the component as {@code text}. */
    static String of(String text) {
        return text == null ? null : atEnd(BEFORE_BRACES.matcher(text).replaceAll("$0$0"));
    }

    /** The same for a text whose escaped braces are to be what they mean. */
    static String atEnd(String text) {
        if (text == null) {
            return null;
        }
        int first = text.indexOf('\\', Math.max(0, text.length() - 2));
        return first < 0 ? text : text.substring(0, first) + '\\' + text.substring(first);
    }
}
