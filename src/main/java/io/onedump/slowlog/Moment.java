package io.onedump.slowlog;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as users write them, in options of endpoints and of every command. */
public final class Moment {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*([smhdw])");

    private Moment() {
    }

    /**
     * Reads {@code 2026-11-23T10:00:00Z}, {@code 2026-11-23 10:00+05:30}, a time ago in seconds, minutes, hours, days
     * or weeks ({@code 90s}, {@code 90m}, {@code 24h}, {@code 7d}, {@code 2w}), and {@code 2026-11-23}, the beginning
     * of that day in UTC. A time of day without a zone is nobody's time of day, and refused.
     *
     * @throws IllegalArgumentException for anything else, with what to write
     */
    public static Instant parse(String text, Clock clock) {
        Matcher ago = AGO.matcher(text.trim());
        if (ago.matches()) {
            return clock.instant()
                    .minus(Duration.ofSeconds(Long.parseLong(ago.group(1)) * seconds(ago.group(2))));
        }
        String iso = text.trim().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d)[ t]", "$1T");
        try {
            return iso.contains("T")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(isTimeOfDay(iso)
                    ? "'" + text + "' is a time without its zone: write " + iso + "Z for UTC, or the zone's distance"
                            + " from it, such as " + iso + "+01:00"
                    : "'" + text + "' is not a time with its zone, such as 2026-11-23T10:00:00Z or"
                            + " 2026-11-23T11:00:00+01:00; nor a time ago, such as 90m, 24h or 7d; nor a day, such as"
                            + " 2026-11-23, which begins in UTC");
        }
    }

    /** Microseconds since 1970. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static boolean isTimeOfDay(String iso) {
        try {
            LocalDateTime.parse(iso);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> 7 * 86_400;
        };
    }
}
