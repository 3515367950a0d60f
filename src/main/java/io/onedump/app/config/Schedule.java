package io.onedump.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;
import io.onedump.job.Schemes;
import io.onedump.secret.EndpointValues;
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
    private static final String ZONE = "trigger.timeZone";
    private static final String START = "trigger.startAt";
    private static final String END = "trigger.endAt";
    private static final String QUARTZ_MOMENT = "yyyy-MM-dd'T'HH:mm:ssz";
    private static final String MISFIRE = "trigger.misfireInstruction";
    private static final List<String> TRIGGER = Stream.of("timeZone", "misfireInstruction", "startAt", "endAt",
            "repeatInterval", "repeatCount", "priority", "description", "calendarName", "cronExpression", "startTime",
            "endTime", "volatility", "durability").map("trigger."::concat).toList();
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}");

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
            return cron(cron.toString().replace('+', ' '), (String) options.get(ZONE));
        }
        Object period = options.getOrDefault("period", options.getOrDefault("trigger.repeatInterval",
                Schemes.of(uri).equals("timer") ? null : options.get("delay")));
        Duration duration = Durations.parse(period == null ? "1000" : period.toString());
        return new Schedule("every " + TimeUtils.printDuration(duration), null, duration);
    }

    /**
     * What is wrong with a schedule, by the name of the option.
     *
     * @param uri with its placeholders resolved
     */
    static Map<String, String> problems(String uri, ZonedDateTime now) {
        Map<String, String> problems = new LinkedHashMap<>();
        Map<String, Object> options = options(uri);
        Object cron = options.getOrDefault("cron", options.get("schedule"));
        String name = options.containsKey("schedule") ? "schedule" : "cron";
        Object zone = options.get(ZONE);
        if (zone != null) {
            collect(problems, ZONE, () -> zone(zone.toString()));
        }
        if (cron != null) {
            collect(problems, name, () -> {
                Schedule schedule = cron(cron.toString().replace('+', ' '),
                        zone == null || problems.containsKey(ZONE) ? null : zone.toString());
                if (schedule.next(now).isEmpty()) {
                    throw new IllegalArgumentException("'" + schedule.text() + "' is never due any more; correct its"
                            + " date");
                }
            });
        } else if (Schemes.of(uri).equals("quartz") && !options.containsKey("trigger.repeatInterval")) {
            problems.put(name, "without it the job would run every second; write one such as 0 30 3 * * ?");
        }
        intervals(Schemes.of(uri), options, problems);
        triggerNames(options, problems);
        int highest = cron == null ? 5 : 2;
        Object misfire = options.get(MISFIRE);
        if (misfire != null
                && !(misfire.toString().matches("-1|[0-9]") && Integer.parseInt(misfire.toString()) <= highest)) {
            problems.put(MISFIRE, "'" + misfire + "' is not a number from -1 to " + highest);
        }
        moments(options, now, problems);
        for (String number : List.of("trigger.repeatCount", "trigger.priority")) {
            Object value = options.get(number);
            if (value != null && !value.toString().matches("-?\\d{1,9}")) {
                problems.put(number, "'" + value + "' is not a whole number");
            }
        }
        return problems;
    }

    /** Quartz's want a zone, which the timer's do not take. */
    private static void moments(Map<String, Object> options, ZonedDateTime now, Map<String, String> problems) {
        Object time = options.get("time");
        if (time != null && !options.containsKey("pattern") && !MOMENT.matcher(time.toString()).matches()) {
            problems.put("time", "'" + time + "' is not a time such as 2027-01-31T03:30:00");
        }
        Map<String, Date> read = new LinkedHashMap<>();
        for (String name : List.of(START, END)) {
            if (options.get(name) != null) {
                String text = options.get(name).toString();
                // A plus in a URI is a space.
                Date date = new SimpleDateFormat(QUARTZ_MOMENT).parse(text.replace(' ', '+'), new ParsePosition(0));
                if (date == null) {
                    problems.put(name, "'" + text + "' is not a time with its zone such as 2027-01-31T03:30:00UTC");
                } else {
                    read.put(name, date);
                }
            }
        }
        Date end = read.get(END);
        if (end != null && !end.after(Date.from(now.toInstant()))) {
            problems.put(END, "'" + options.get(END) + "' is over, so that the job is never due any more");
        } else if (end != null && read.containsKey(START) && !end.after(read.get(START))) {
            problems.put(END, "'" + options.get(END) + "' is not after " + START);
        }
    }

    /** Camel takes some of these for "as often as possible", and others for never. */
    private static void intervals(String scheme, Map<String, Object> options, Map<String, String> problems) {
        boolean scheduler = scheme.equals("scheduler");
        for (String name : scheme.equals("quartz")
                ? List.of("trigger.repeatInterval")
                : List.of("period", "delay", "initialDelay", "repeatCount")) {
            Object value = options.get(name);
            Long given = value == null ? null : milliseconds(value.toString());
            boolean interval = name.equals("period") || name.equals("trigger.repeatInterval")
                    || scheduler && name.equals("delay");
            if (value != null && given == null && name.startsWith("trigger.")) {
                problems.put(name, "'" + value + "' is not a number of milliseconds");
            } else if (given != null && interval && given < 1) {
                problems.put(name, "'" + value + "' would run the job without any pause; write how long it waits"
                        + " between two runs, for example 1h");
            } else if (given != null && given < 0) {
                problems.put(name, "'" + value + "' must not be negative");
            }
        }
    }

    private static Long milliseconds(String value) {
        try {
            return !value.matches("-?\\d.*")
                    ? null
                    : value.matches("-?\\d+") ? Long.valueOf(value) : Long.valueOf(TimeUtils.toMilliSeconds(value));
        } catch (RuntimeException e) {
            // The catalog says what a duration is.
            return null;
        }
    }

    /** Quartz's own properties of a trigger, which Camel passes on without a look. */
    private static void triggerNames(Map<String, Object> options, Map<String, String> problems) {
        options.keySet().stream().filter(name -> name.startsWith("trigger.") && !TRIGGER.contains(name))
                .forEach(name -> problems.put(name, "unknown option" + Nearest.suggestion(name, TRIGGER)));
    }

    private static void collect(Map<String, String> problems, String option, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            problems.put(option, e.getMessage());
        }
    }

    /**
     * What the change to summer time does to it within a year: which run is skipped because its time of day does not
     * exist on that day. Not said of what runs again within the hour.
     */
    public Optional<String> skipped(ZonedDateTime now) {
        if (cron == null) {
            return Optional.empty();
        }
        ZoneId zone = cron.getTimeZone().toZoneId();
        CronExpression local = new CronExpression(cron);
        local.setTimeZone(TimeZone.getTimeZone("UTC"));
        ZoneOffsetTransition change = zone.getRules().nextTransition(now.toInstant());
        while (change != null && change.getInstant().isBefore(now.plusYears(1).toInstant())) {
            Date due = local.getNextValidTimeAfter(Date.from(before(change).minusSeconds(1)));
            if (change.isGap() && due != null && due.toInstant().isBefore(after(change))) {
                Date again = local.getNextValidTimeAfter(Date.from(after(change).minusSeconds(1)));
                if (again == null || again.toInstant().isAfter(after(change).plus(change.getDuration()))) {
                    return Optional.of(LocalDateTime.ofInstant(due.toInstant(), ZoneOffset.UTC) + " does not exist in "
                            + zone + ", where clocks go forward, so that run is skipped; choose an hour that every day"
                            + " has, or the time zone UTC");
                }
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return Optional.empty();
    }

    private static Instant before(ZoneOffsetTransition change) {
        return change.getDateTimeBefore().toInstant(ZoneOffset.UTC);
    }

    private static Instant after(ZoneOffsetTransition change) {
        return change.getDateTimeAfter().toInstant(ZoneOffset.UTC);
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
    static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            String meant = Nearest.suggestion(zone, ZoneId.getAvailableZoneIds());
            throw new IllegalArgumentException("time zone '" + zone + "' is not known" + (meant.isEmpty()
                    ? "; write one such as Europe/Berlin or UTC, with its capital letters"
                    : meant), e);
        }
    }

    private static Map<String, Object> options(String uri) {
        try {
            return URISupport.parseParameters(new URI(URISupport.normalizeUri(EndpointValues.expanded(uri))));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("schedule '" + URISupport.sanitizeUri(uri) + "' is not a URI", e);
        }
    }
}
