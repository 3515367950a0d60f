package io.onedump.storage.retention;

import java.text.SimpleDateFormat;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A pattern of {@link java.text.SimpleDateFormat}, as {@code ${date:now:…}} takes it, turned round: what it prints, and
 * which of that can be read back as a time. Names of months and days depend on the language, hours up to twelve on a
 * letter, and the year of a week is another year at its ends: those are matched, but not read back.
 *
 * @param text     the pattern itself
 * @param regex    what it prints; a capturing group for each of the fields
 * @param fields   in the order of their groups
 * @param obstacle the first part that cannot be read back; null when all can
 */
record DatePattern(String text, String regex, List<ChronoField> fields, String obstacle) {

    private static final Map<Character, ChronoField> FIELDS = Map.of(
            'y', ChronoField.YEAR, 'M', ChronoField.MONTH_OF_YEAR, 'L', ChronoField.MONTH_OF_YEAR,
            'd', ChronoField.DAY_OF_MONTH, 'D', ChronoField.DAY_OF_YEAR, 'H', ChronoField.HOUR_OF_DAY,
            'k', ChronoField.CLOCK_HOUR_OF_DAY, 'm', ChronoField.MINUTE_OF_HOUR, 's', ChronoField.SECOND_OF_MINUTE,
            'S', ChronoField.MILLI_OF_SECOND);
    private static final String OFFSETS = "ZX";
    private static final String NUMBERS = "YwWFuhK";

    DatePattern {
        fields = List.copyOf(fields);
    }

    static DatePattern of(String pattern) {
        StringBuilder regex = new StringBuilder();
        List<ChronoField> fields = new ArrayList<>();
        String obstacle = null;
        for (int at = 0; at < pattern.length();) {
            char letter = pattern.charAt(at);
            int end = at + 1;
            if (letter == '\'') {
                end = endOfQuote(pattern, at);
                String text = pattern.substring(at + 1, Math.max(at + 1, end - 1));
                regex.append(Pattern.quote(text.isEmpty() ? "'" : text.replace("''", "'")));
            } else if (Character.isLetter(letter)) {
                while (end < pattern.length() && pattern.charAt(end) == letter) {
                    end++;
                }
                ChronoField field = FIELDS.get(letter);
                boolean named = field == ChronoField.MONTH_OF_YEAR && end - at > 2;
                if (field != null && !named) {
                    regex.append('(').append(digits(field, end - at)).append(')');
                    fields.add(field);
                } else if (OFFSETS.indexOf(letter) >= 0) {
                    regex.append("(?:Z|[+-]\\d\\d(?::?\\d\\d)?)");
                } else {
                    regex.append(NUMBERS.indexOf(letter) >= 0 ? "\\d+" : "[\\p{L}\\p{M}. ]+");
                    obstacle = obstacle == null ? pattern.substring(at, end) : obstacle;
                }
            } else {
                regex.append(Pattern.quote(String.valueOf(letter)));
            }
            at = end;
        }
        return new DatePattern(pattern, regex.toString(), fields, obstacle);
    }

    /** What it prints at some time; empty for a pattern that prints nothing. */
    String example() {
        try {
            return new SimpleDateFormat(text, Locale.ENGLISH).format(new Date(0));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static int endOfQuote(String pattern, int start) {
        for (int at = start + 1; at < pattern.length(); at++) {
            if (pattern.charAt(at) == '\'') {
                if (at > start + 1 && at + 1 < pattern.length() && pattern.charAt(at + 1) == '\'') {
                    at++;
                } else {
                    return at + 1;
                }
            }
        }
        return pattern.length();
    }

    /** A field that stands alone may have more digits than its letters ask for. */
    private static String digits(ChronoField field, int letters) {
        return switch (field) {
            case YEAR -> letters == 2 ? "\\d{2}" : "\\d{" + Math.max(4, letters) + "}";
            case DAY_OF_YEAR, MILLI_OF_SECOND -> letters >= 3 ? "\\d{" + letters + "}" : "\\d{" + letters + ",3}";
            default -> letters == 1 ? "\\d{1,2}" : "\\d{" + letters + "}";
        };
    }
}
