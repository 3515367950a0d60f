package io.onedump.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

import io.onedump.job.Schemes;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;
import org.quartz.CronExpression;

/**
 * When a job runs, read from its input's URI.
 *
 * @param text for people
 * @param cron null for a job without a cron expression
 * @param period null for a job without a period
 */
public record Schedule(String text, CronExpression cron, Duration period) {

    private static final String NO_SCHEDULE = "on request";

    /**
     * @param  uri                      with its placeholders resolved
     * @throws IllegalArgumentException for a cron expression that Quartz does not understand
     */
    public static Schedule of(String uri) {
        if (!Schemes.isSchedule(Schemes.of(uri))) {
            return new Schedule(NO_SCHEDULE, null, null);
        }
        Map<String, Object> options = options(uri);
        Object cron = options.getOrDefault("cron", options.get("schedule"));
        if (cron != null) {
            return cron(cron.toString().replace('+', ' '), (String) options.get("trigger.timeZone"));
        }
        Object period =
                options.getOrDefault("period", options.getOrDefault("delay", options.get("trigger.repeatInterval")));
        Duration duration = Duration.ofMillis(TimeUtils.toMilliSeconds(
                period == null ? "1000" : period.toString()));
        return new Schedule("every " + TimeUtils.printDuration(duration), null, duration);
    }

    /** The next run after {@code now}; periods count from the start of the process, so theirs is not known. */
    public Optional<ZonedDateTime> next(ZonedDateTime now) {
        if (cron == null) {
            return Optional.empty();
        }
        Date next = cron.getNextValidTimeAfter(Date.from(now.toInstant()));
        return Optional.ofNullable(next)
                .map(time -> Instant.ofEpochMilli(time.getTime()).atZone(cron.getTimeZone().toZoneId()));
    }

    private static Schedule cron(String expression, String zone) {
        try {
            CronExpression cron = new CronExpression(expression);
            cron.setTimeZone(zone == null ? TimeZone.getDefault() : TimeZone.getTimeZone(zone(zone)));
            return new Schedule(expression + (zone == null ? "" : " " + zone), cron, null);
        } catch (ParseException e) {
            throw new IllegalArgumentException("cron '" + expression + "' is not a Quartz cron expression:"
                    + " " + e.getMessage()
                    + "; it has six or seven fields, seconds first, for example 0 30 2 * * ?", e);
        }
    }

    /** Quartz itself takes UTC for a zone that it does not know. */
    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time zone '" + zone + "' is not known; write one such as Europe/Berlin"
                    + " or UTC, with its capital letters", e);
        }
    }

    private static Map<String, Object> options(String uri) {
        try {
            return URISupport.parseParameters(new URI(URISupport.normalizeUri(uri)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("schedule '" + URISupport.sanitizeUri(uri) + "' is not a URI", e);
        }
    }
}
