package io.onedump.app.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

import org.apache.camel.util.TimeUtils;

/**
 * Durations as Camel reads them when it starts an endpoint: milliseconds, {@code 1h30m}, {@code 20ms}, {@code PT5M}.
 * Its catalog knows no {@code ms}, and both take texts that nobody meant for nothing, such as {@code 1w} for 0.
 */
final class Durations {

    static final String EXAMPLES = "a duration such as 500ms, 30s, 1h30m or PT5M";

    private static final Pattern MILLISECONDS = Pattern.compile("-?\\d+");
    private static final Pattern UNITS =
            Pattern.compile("(?=\\d)(\\d+d)?(\\d+h)?(\\d+m(?!s))?(\\d+s)?(\\d+ms)?|\\d+min|\\d+sec");
    private static final Pattern ISO = Pattern.compile("[+-]?[Pp].*");

    private Durations() {
    }

    /** @throws IllegalArgumentException when that is no duration */
    static Duration parse(String text) {
        try {
            if (ISO.matcher(text).matches()) {
                return Duration.parse(text.toUpperCase(Locale.ROOT));
            }
            if (MILLISECONDS.matcher(text).matches() || UNITS.matcher(text).matches()) {
                return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not " + EXAMPLES, e);
        }
        throw new IllegalArgumentException("'" + text + "' is not " + EXAMPLES);
    }

    static boolean isDuration(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
