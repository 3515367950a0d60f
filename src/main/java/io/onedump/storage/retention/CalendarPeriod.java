package io.onedump.storage.retention;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The periods of grandfather-father-son retention. */
enum CalendarPeriod {

    DAY("uuuu-MM-dd"),
    /** ISO 8601: the week's own year, and weeks that begin on Monday. */
    WEEK("YYYY-'W'ww"),
    MONTH("uuuu-MM"),
    YEAR("uuuu");

    private final DateTimeFormatter format;

    CalendarPeriod(String pattern) {
        // A locale whose weeks are those of ISO 8601.
        this.format = DateTimeFormatter.ofPattern(pattern, Locale.UK);
    }

    /** The period's name, the same for all times in it. */
    String of(ZonedDateTime time) {
        return format.format(time);
    }
}
