package io.onedump.storage.retention;

import java.text.SimpleDateFormat;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
 * @param widths   a character for each piece: {@value #FIXED} for as many digits each time, {@value #VARIABLE} for a
 *                 number of more or fewer, {@value #ANYTHING} for other texts of any length, {@value #BREAK} for what
 *                 is no digit
 */
record DatePattern(String text, String regex, List<ChronoField> fields, String obstacle, String widths) {

    static final char FIXED = '0';
    static final char VARIABLE = '#';
    static final char ANYTHING = '*';
    static final char BREAK = '|';
    /** Numbers of which one cannot tell where one ends and the next begins. */
    private static final Pattern RUN_TOGETHER = Pattern.compile("#0*[#*]|\\*0*#");

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
        Set<ChronoField> written = EnumSet.noneOf(ChronoField.class);
        StringBuilder widths = new StringBuilder();
        String obstacle = null;
        for (int at = 0; at < pattern.length();) {
            char letter = pattern.charAt(at);
            int end = at + 1;
            if (letter == '\'') {
                end = endOfQuote(pattern, at);
                String text = pattern.substring(at + 1, Math.max(at + 1, end - 1));
                String literal = text.isEmpty() ? "'" : text.replace("''", "'");
                regex.append(Pattern.quote(literal));
                widths.append(widths(literal));
            } else if (Character.isLetter(letter)) {
                while (end < pattern.length() && pattern.charAt(end) == letter) {
                    end++;
                }
                ChronoField field = FIELDS.get(letter);
                boolean named = field == ChronoField.MONTH_OF_YEAR && end - at > 2;
                if (field != null && !named) {
                    regex.append('(').append(digits(field, end - at)).append(')');
                    fields.add(field);
                    widths.append(digits(field, end - at).contains(",") ? VARIABLE : FIXED);
                    boolean again = !written.add(field == ChronoField.CLOCK_HOUR_OF_DAY
                            ? ChronoField.HOUR_OF_DAY
                            : field);
                    obstacle = again && obstacle == null ? pattern.substring(at, end) : obstacle;
                } else if (OFFSETS.indexOf(letter) >= 0) {
                    widths.append(BREAK).append(ANYTHING);
                    regex.append("(?:Z|[+-]\\d\\d(?::?\\d\\d)?)");
                } else {
                    regex.append(NUMBERS.indexOf(letter) >= 0 ? "\\d+" : "[\\p{L}\\p{M}. ]+");
                    obstacle = obstacle == null ? pattern.substring(at, end) : obstacle;
                }
            } else {
                regex.append(Pattern.quote(String.valueOf(letter)));
                widths.append(widths(String.valueOf(letter)));
                if (letter == '/') {
                    // A folder may say again what the name says.
                    written.clear();
                }
            }
            at = end;
        }
        return new DatePattern(pattern, regex.toString(), fields, obstacle, widths.toString());
    }

    /** The widths of a text that is the same each time. */
    static String widths(String literal) {
        StringBuilder widths = new StringBuilder();
        literal.chars().forEach(character -> widths.append(Character.isDigit(character) ? FIXED : BREAK));
        return widths.toString();
    }

    /** Whether in a name of such pieces numbers run into one another: 2026111 is a day of January and of November. */
    static boolean runsTogether(String widths) {
        return RUN_TOGETHER.matcher(widths).find();
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
