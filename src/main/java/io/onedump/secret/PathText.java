package io.onedump.secret;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in the path of an endpoint's URI. Camel decodes a path twice, when it puts the URI in order and when it makes
 * the endpoint, and in between it encodes all that needs it but what looks encoded. So a character that Camel would
 * read as anything but itself is encoded twice.
 */
final class PathText {

    private static final String DIGITS = "[0-9A-Fa-f]{2}";
    /** A sequence that looks encoded, what no URI holds, and what Camel gives a meaning to. */
    private static final Pattern MEANT = Pattern.compile(
            "%(?=" + DIGITS + ")|R(?=AW[({])|&(?=&|$)|\\p{Cntrl}|\\{\\{|}}|\\\\(?=[{}]|.?$)|(?<=[{}])[{}]|^\\s|\\s$",
            Pattern.DOTALL);

    /** Whose components decode the path once more, as that of a form, where a plus is a space. */
    private static final Set<String> FORMS = Set.of("exec");

    private PathText() {
    }

    /** As somebody has written it: placeholders are to be looked up, and behind a question mark options follow. */
    static String written(String scheme, String value) {
        StringBuilder written = new StringBuilder();
        int at = 0;
        for (Placeholders.Found placeholder : Placeholders.in(value)) {
            String before = value.substring(at, placeholder.start());
            written.append(encoded(scheme, before));
            if (before.contains("?")) {
                return written.append(value.substring(placeholder.start())).toString();
            }
            written.append(value, placeholder.start(), placeholder.end());
            at = placeholder.end();
        }
        return written.append(encoded(scheme, value.substring(at))).toString();
    }

    private static String encoded(String scheme, String text) {
        return encoded(FORMS.contains(scheme) ? text.replace("%", "%25").replace("+", "%2B") : text);
    }

    /** What arrives as exactly this text, up to the first question mark. */
    static String encoded(String text) {
        int options = text.indexOf('?');
        String path = options < 0 ? text : text.substring(0, options);
        return MEANT.matcher(path).replaceAll(found -> Matcher.quoteReplacement(twice(found.group())))
                + text.substring(path.length());
    }

    private static String twice(String characters) {
        StringBuilder encoded = new StringBuilder();
        for (char character : characters.toCharArray()) {
            encoded.append(String.format("%%25%02X", (int) character));
        }
        return encoded.toString();
    }
}
