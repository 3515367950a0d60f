package io.onedump.slowlog.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many classes a report shows: those that together make a share of the total, and at most so many.
 *
 * @param percent 0 to 100
 * @param most    at least 1
 */
public record Limit(double percent, int most) {

    /** pt-query-digest's: 95 % of the total, at most 20. */
    public static final Limit DEFAULT = new Limit(95, 20);
    public static final Limit ALL = new Limit(100, Integer.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,3}(?:\\.\\d+)?)%)?(?:(?:^|:)(\\d{1,9}))?");

    public Limit {
        if (percent <= 0 || percent > 100 || most < 1) {
            throw new IllegalArgumentException("a limit is a share of more than 0 and at most 100 % and at least"
                    + " one class");
        }
    }

    /**
     * Parses {@code 10}, {@code 95%}, {@code 95%:20} or {@code all}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Limit parse(String text) {
        if (text.equalsIgnoreCase("all")) {
            return ALL;
        }
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches() || text.isBlank()) {
            throw new IllegalArgumentException("'" + text + "' is not a limit: use 10, 95%, 95%:20 or all");
        }
        double percent = form.group(1) == null ? 100 : Double.parseDouble(form.group(1));
        return new Limit(percent, form.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(form.group(2)));
    }
}
