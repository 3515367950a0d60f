package io.onedump.storage.retention;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates that are written in names. */
final class WrittenDate {

    private static final int CENTURY = 2000;

    /** Year, month and day in this or the opposite order, and a time of day. */
    private static final Pattern DATE =
            Pattern.compile("(?<!\\d)(?:(?<y>(?:19|20)\\d\\d)(?<s>[-_./]?)(?<m>0[1-9]|1[0-2])"
                    + "\\k<s>(?<d>0[1-9]|[12]\\d|3[01])|(?<d2>0[1-9]|[12]\\d|3[01])[-_.](?<m2>0[1-9]|1[0-2])[-_.]"
                    + "(?<y2>(?:19|20)\\d\\d))"
                    + "(?:[-T_. ]?(?<h>[01]\\d|2[0-3])(?:[-_:.h]?(?<i>[0-5]\\d)"
                    + "(?:[-_:.m]?(?<c>[0-5]\\d)(?:[.,]\\d{1,9})?)?)?)?Z?"
                    + "(?!\\d)");

    private static final List<ChronoField> FROM_LARGE_TO_SMALL = List.of(ChronoField.YEAR, ChronoField.MONTH_OF_YEAR,
            ChronoField.DAY_OF_MONTH, ChronoField.HOUR_OF_DAY, ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE, ChronoField.MILLI_OF_SECOND);

    private WrittenDate() {
    }

    static String replace(String text, String by) {
        return DATE.matcher(text).replaceAll(Matcher.quoteReplacement(by));
    }

    /** The last date in a text: what stands before it is a folder for many. */
    static Optional<Instant> find(String text, ZoneId zone) {
        Matcher matcher = DATE.matcher(text);
        Optional<Instant> found = Optional.empty();
        while (matcher.find()) {
            try {
                found = Optional.of(LocalDateTime.of(number(matcher, "y", "y2", 0), number(matcher, "m", "m2", 1),
                        number(matcher, "d", "d2", 1), number(matcher, "h", "h", 0), number(matcher, "i", "i", 0),
                        number(matcher, "c", "c", 0)).atZone(zone).toInstant());
            } catch (DateTimeException e) {
                // The 30th of February is a number, not a date.
            }
        }
        return found;
    }

    private static int number(Matcher matcher, String one, String other, int otherwise) {
        String text = matcher.group(one) == null ? matcher.group(other) : matcher.group(one);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    /** @throws DateTimeException when there is no such day or hour */
    static LocalDateTime of(Map<ChronoField, Integer> fields) {
        int year = fields.get(ChronoField.YEAR);
        year = year < 100 ? CENTURY + year : year;
        LocalDate day = fields.containsKey(ChronoField.DAY_OF_YEAR)
                ? LocalDate.ofYearDay(year, fields.get(ChronoField.DAY_OF_YEAR))
                : LocalDate.of(year, fields.getOrDefault(ChronoField.MONTH_OF_YEAR, 1),
                        fields.getOrDefault(ChronoField.DAY_OF_MONTH, 1));
        int hour = fields.containsKey(ChronoField.CLOCK_HOUR_OF_DAY)
                ? fields.get(ChronoField.CLOCK_HOUR_OF_DAY) % 24
                : fields.getOrDefault(ChronoField.HOUR_OF_DAY, 0);
        return day.atTime(hour, fields.getOrDefault(ChronoField.MINUTE_OF_HOUR, 0),
                fields.getOrDefault(ChronoField.SECOND_OF_MINUTE, 0),
                fields.getOrDefault(ChronoField.MILLI_OF_SECOND, 0) * 1_000_000);
    }

    /** How long that lasts of which only these parts are known. */
    static Duration precision(Set<ChronoField> fields) {
        if (fields.contains(ChronoField.SECOND_OF_MINUTE)) {
            return Duration.ofSeconds(1);
        }
        if (fields.contains(ChronoField.HOUR_OF_DAY) || fields.contains(ChronoField.CLOCK_HOUR_OF_DAY)) {
            return Duration.ofHours(1);
        }
        if (fields.contains(ChronoField.DAY_OF_MONTH) || fields.contains(ChronoField.DAY_OF_YEAR)) {
            return Duration.ofDays(2);
        }
        return Duration.ofDays(fields.contains(ChronoField.MONTH_OF_YEAR) ? 32 : 367);
    }

    /** The largest part that is missing although there is a smaller one; null when there is none. */
    static ChronoField missing(Set<ChronoField> fields) {
        ChronoField missing = null;
        for (ChronoField field : FROM_LARGE_TO_SMALL) {
            boolean there = fields.contains(field)
                    || fields.contains(ChronoField.DAY_OF_YEAR)
                            && (field == ChronoField.MONTH_OF_YEAR || field == ChronoField.DAY_OF_MONTH)
                    || field == ChronoField.HOUR_OF_DAY && fields.contains(ChronoField.CLOCK_HOUR_OF_DAY);
            if (!there) {
                missing = missing == null ? field : missing;
            } else if (missing != null) {
                return missing;
            }
        }
        return null;
    }
}
