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

/** Moments as users write them. */
public final class Moment {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*([smhdw])");

    private Moment() {
    }

    /**
     * Reads {@code 2026-11-23}, {@code 2026-11-23T10:00}, {@code 2026-11-23 10:00:00}, {@code
     * 2026-11-23T10:00:00+05:30}, or a time ago: {@code 90m}, {@code 24h}, {@code 7d}. Without a zone it is UTC.
     *
     * @return microseconds since 1970
     * @throws IllegalArgumentException for anything else
     */
    public static long parse(String text, Clock clock) {
        Matcher ago = AGO.matcher(text.trim());
        if (ago.matches()) {
            return micros(
                    clock.instant().minus(Duration.ofSeconds(Long.parseLong(ago.group(1)) * seconds(ago.group(2)))));
        }
        String iso = text.trim().replace(' ', 'T');
        try {
            if (!iso.contains("T")) {
                return micros(LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
            return micros(
                    zoned ? OffsetDateTime.parse(iso).toInstant() : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a time: use 2026-11-23, 2026-11-23T10:00:00Z,"
                    + " or a"
                    + " time ago such as 24h or 7d");
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

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
