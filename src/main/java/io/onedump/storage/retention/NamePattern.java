package io.onedump.storage.retention;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The paths that a job's own path and file name can produce. Both may be Simple expressions; what they put in stands
 * for any text without a slash, or for what its pattern prints where it is a date.
 */
public final class NamePattern {

    /** Stands for a date in the name of a series. */
    private static final String DATE = "{date}";
    /** The endings that compression and a seal add. */
    private static final String ENDING = "(?:\\.gz|\\.zst)?(?:\\.age)?";

    private static final Pattern DATES = Pattern.compile("\\{date}(?:[-_T. ]?\\{date})+");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(?:[^{}]|\\{[^{}]*})*}|\\$simple\\{[^}]*}");
    private static final Pattern DATE_EXPRESSION = Pattern.compile(
            "\\$(?:simple)?\\{date(?:-with-timezone:[^:}]*:(?<zone>[^:}]+)|:[^:}]*):(?<pattern>.*)}");
    private static final Pattern ANY_DATE = Pattern.compile("\\$(?:simple)?\\{date(?:-with-timezone)?[:}].*");
    private static final Pattern START =
            Pattern.compile("\\$(?:simple)?\\{date(?::now|-with-timezone:now:[^:}]*):.*");
    private static final Pattern SORTED = Pattern.compile("yyyy([-_./]?)MM\\1dd");
    /** From UTC-12 to UTC+14: who reads a name may be elsewhere than who made it. */
    private static final Duration ZONES_APART = Duration.ofHours(26);
    /** An hour that a zone has twice. */
    private static final Duration CLOCK_CHANGE = Duration.ofHours(2);
    private static final Pattern EVER_NEW = Pattern.compile("\\$(?:simple)?\\{(?:uuid|random|exchangeId|messageId|id\\b"
            + "|messageTimestamp|messageHistory|thread|hash|file:|header\\.CamelFile|headers?\\[CamelFile"
            + "|header\\.CamelTimer|exchangeProperty\\.CamelTimer|header\\.CamelMessageTimestamp).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FIXED =
            Pattern.compile("\\$(?:simple)?\\{(?:sysenv[.:]|env[.:]|sys[.:]|camelId|hostname|properties:).*}",
                    Pattern.CASE_INSENSITIVE);

    private final String template;
    private final Pattern pattern;
    private final String prefix;
    private final List<Part> parts;
    private final List<String> blank;
    /** Another that fits too, or null. */
    private final NamePattern other;

    private enum Kind {
        LITERAL, DATE,
        /** The same for all runs on one machine. */
        MACHINE,
        /** New each time, so that nothing can be counted by it. */
        EVER_NEW, OTHER
    }

    /**
     * A piece of the template.
     *
     * @param text  of a literal
     * @param group of the pattern, for all others
     * @param date  null for what is no date that can be matched field by field
     * @param zone  of the date; null for that of the system
     * @param start whether the date is the beginning of the run
     */
    private record Part(Kind kind, String text, int group, DatePattern date, ZoneId zone, boolean start) {

        static Part literal(String text) {
            return new Part(Kind.LITERAL, text, 0, null, null, false);
        }

        static Part of(Kind kind, int group) {
            return new Part(kind, null, group, null, null, false);
        }
    }

    /**
     * The date in a name.
     *
     * @param time   the earliest that it can mean
     * @param latest no run that was named so began after it, wherever it ran; null where the date may be another than
     *               that of the run
     */
    public record Written(Instant time, Instant latest) {
    }

    private NamePattern(String template, Pattern pattern, String prefix, List<Part> parts, List<String> blank,
            NamePattern other) {
        this.template = template;
        this.pattern = pattern;
        this.prefix = prefix;
        this.parts = List.copyOf(parts);
        this.blank = List.copyOf(blank);
        this.other = other;
    }

    /** As {@link #of(String, UnaryOperator)}, with no expression evaluated. */
    public static NamePattern of(String template) {
        return of(template, expression -> null);
    }

    /**
     * @param  template                 a path, or a Simple expression for one
     * @param  machine                  evaluates expressions that are the same for all runs on this machine, such as
     *                                  {@code ${sysenv.HOSTNAME}}; may answer null
     * @throws IllegalArgumentException when nothing of it is fixed, because then it fits other jobs' artifacts too
     */
    public static NamePattern of(String template, UnaryOperator<String> machine) {
        return parse(template, machine, true);
    }

    /** The same where nothing need be fixed, as in a folder. */
    public static NamePattern loosely(String template, UnaryOperator<String> machine) {
        return parse(template, machine, false);
    }

    private static NamePattern parse(String template, UnaryOperator<String> machine, boolean mustBeFixed) {
        Builder builder = new Builder();
        Matcher expression = EXPRESSION.matcher(template);
        int end = 0;
        while (expression.find()) {
            builder.literal(template.substring(end, expression.start()));
            builder.expression(expression.group(), machine);
            end = expression.end();
        }
        String rest = template.substring(end);
        int before = builder.fixed.length();
        builder.literal(rest);
        String fixed =
                builder.fixed.substring(0, before) + builder.fixed.substring(before).replaceFirst("\\.[^/]*$", "");
        if (mustBeFixed && fixed.chars().noneMatch(Character::isLetterOrDigit)) {
            throw new IllegalArgumentException("'" + template + "' has no fixed part but its ending, so it may name"
                    + " other jobs' artifacts; put the job's name into path or fileName");
        }
        return builder.build(template);
    }

    /** Everything in a folder, for a job whose names are not known. */
    public static NamePattern below(String folder) {
        List<Part> parts = List.of(Part.literal(folder), Part.of(Kind.EVER_NEW, 1));
        return new NamePattern(folder, Pattern.compile(Pattern.quote(folder) + "(.*)", Pattern.DOTALL), folder, parts,
                List.of(), null);
    }

    /** What either of them fits. */
    public NamePattern or(NamePattern other) {
        int same = 0;
        while (same < Math.min(prefix.length(), other.prefix.length())
                && prefix.charAt(same) == other.prefix.charAt(same)) {
            same++;
        }
        return new NamePattern(template, pattern, prefix.substring(0, same), parts, blank, other);
    }

    public boolean matches(String path) {
        return pattern.matcher(path).matches() || other != null && other.matches(path);
    }

    /** These names in a place. */
    public NameOverlap in(String folder, boolean capitals) {
        UnaryOperator<String> written = text -> capitals ? text : text.toLowerCase(Locale.ROOT);
        NameOverlap overlap = new NameOverlap(written.apply(folder + prefix));
        overlap.literal(written.apply(folder));
        for (Part part : parts) {
            if (part.kind() == Kind.LITERAL) {
                overlap.literal(written.apply(part.text()));
            } else if (part.date() != null) {
                overlap.date(written.apply(part.date().example()), part.start());
            } else {
                overlap.anything();
            }
        }
        return overlap;
    }

    /** Expressions that should be the same for all runs on this machine, and have no value on it. */
    public List<String> blank() {
        return blank;
    }

    /** What all such paths begin with. */
    public String prefix() {
        return prefix;
    }

    /**
     * What sorts before all such paths with a date from that time on, and behind most of the older ones. Empty where
     * paths do not sort by their dates.
     */
    public Optional<String> from(Instant time) {
        for (Part part : parts) {
            if (part.kind() != Kind.LITERAL) {
                Matcher day = part.date() == null || !part.start() || other != null
                        ? null
                        : SORTED.matcher(part.date().text());
                return day == null || !day.lookingAt()
                        ? Optional.empty()
                        : Optional.of(prefix + DateTimeFormatter.ofPattern(day.group(), Locale.ROOT)
                                .format(time.atZone(part.zone() == null ? ZoneId.systemDefault() : part.zone())));
            }
        }
        return Optional.empty();
    }

    /**
     * The series that the artifact at {@code path} belongs to: everything evaluated but the dates, without the ending
     * of a compression. Empty when the pattern does not fit.
     */
    public Optional<String> series(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return other == null ? Optional.empty() : other.series(path);
        }
        StringBuilder series = new StringBuilder();
        for (Part part : parts) {
            series.append(switch (part.kind()) {
                case LITERAL -> part.text();
                case DATE -> DATE;
                case EVER_NEW -> "*";
                case MACHINE, OTHER -> WrittenDate.replace(matcher.group(part.group()), DATE);
            });
        }
        return Optional.of(merged(series.toString()));
    }

    /** The same for a name that is not made from an expression, or from one that is not known. */
    public static String seriesOf(String path) {
        return merged(WrittenDate.replace(path.replaceFirst(ENDING + "$", ""), DATE));
    }

    /** A day and a time of day are one date, however many expressions it took to write them. */
    private static String merged(String series) {
        return DATES.matcher(series).replaceAll(Matcher.quoteReplacement(DATE));
    }

    /** The time that is written in such a path, in the system's zone unless the expression names one. */
    public Optional<Instant> time(String path) {
        return written(path).map(Written::time);
    }

    /** The same with what else can be told of it. */
    public Optional<Written> written(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return other == null ? Optional.empty() : other.written(path);
        }
        Map<ChronoField, Integer> fields = new EnumMap<>(ChronoField.class);
        ZoneId zone = null;
        boolean start = true;
        for (Part part : parts) {
            for (int i = 0; part.date() != null && i < part.date().fields().size(); i++) {
                fields.putIfAbsent(part.date().fields().get(i), Integer.valueOf(matcher.group(part.group() + 1 + i)));
                zone = part.zone();
                start &= part.start();
            }
        }
        ZoneId read = zone == null ? ZoneId.systemDefault() : zone;
        try {
            if (!fields.containsKey(ChronoField.YEAR)) {
                return WrittenDate.find(path, read).map(time -> new Written(time, null));
            }
            Instant time = WrittenDate.of(fields).atZone(read).toInstant();
            Instant latest = time.plus(WrittenDate.precision(fields.keySet()))
                    .plus(zone == null ? ZONES_APART : CLOCK_CHANGE);
            return Optional.of(new Written(time, start ? latest : null));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a pattern by which retention cannot tell older from newer.
     *
     * @param  rule                     the option that needs it
     * @throws IllegalArgumentException saying which part is wrong and what to write instead
     */
    public void requireOrder(String rule) {
        Set<ChronoField> fields = EnumSet.noneOf(ChronoField.class);
        boolean ordered = false;
        for (Part part : parts) {
            if (part.kind() == Kind.DATE && part.date() == null) {
                throw refusal(rule, "a date without a pattern cannot be read back from a name");
            }
            if (part.date() != null && part.date().obstacle() != null) {
                throw refusal(rule, "'" + part.date().obstacle() + "' in its date cannot be read back from a name");
            }
            if (part.date() != null) {
                fields.addAll(part.date().fields());
            }
            ordered |= part.kind() != Kind.LITERAL && part.kind() != Kind.MACHINE;
        }
        if (DatePattern.runsTogether(widths())) {
            throw refusal(rule, "numbers of its date that have one digit or two stand directly beside each other, so"
                    + " that 111 may be 1 and 11 or 11 and 1");
        }
        if (!ordered) {
            throw refusal(rule, "all runs have the same name, so that each artifact replaces the one before and there"
                    + " is nothing to keep");
        }
        ChronoField missing = fields.isEmpty() ? null : WrittenDate.missing(fields);
        if (missing != null) {
            throw refusal(rule, "its date has no " + missing.getBaseUnit().toString().toLowerCase(Locale.ROOT)
                    .replaceAll("s$", "") + " but smaller parts (M is the month, m the minute)");
        }
    }

    private String widths() {
        return parts.stream().map(part -> part.kind() == Kind.LITERAL
                ? DatePattern.widths(part.text())
                : part.date() == null ? String.valueOf(DatePattern.ANYTHING) : part.date().widths())
                .collect(Collectors.joining());
    }

    private IllegalArgumentException refusal(String rule, String why) {
        return new IllegalArgumentException("option " + rule + ": it cannot work with '" + template + "': " + why
                + "; write ${date:now:yyyyMMdd-HHmmss}");
    }

    /** Collects the pieces of a template. */
    private static final class Builder {

        private final StringBuilder regex = new StringBuilder();
        private final StringBuilder fixed = new StringBuilder();
        private final List<Part> parts = new ArrayList<>();
        private final List<String> blank = new ArrayList<>();
        private String prefix;
        private int groups;

        /** An expression that is empty on this machine makes no folder, as in the names themselves. */
        void literal(String written) {
            String text = written.replaceAll("//+", "/");
            boolean begins = parts.isEmpty()
                    || parts.get(parts.size() - 1).kind() == Kind.LITERAL && fixed.charAt(fixed.length() - 1) == '/';
            text = begins && text.startsWith("/") ? text.substring(1) : text;
            if (!text.isEmpty()) {
                regex.append(Pattern.quote(text));
                parts.add(Part.literal(text));
                fixed.append(text);
            }
        }

        void expression(String text, UnaryOperator<String> machine) {
            Kind kind = kind(text);
            String value = kind == Kind.MACHINE ? machine.apply(text) : null;
            if (value != null) {
                if (value.isBlank()) {
                    blank.add(text);
                }
                literal(value);
                return;
            }
            prefix = prefix == null ? fixed.toString() : prefix;
            int group = ++groups;
            Matcher dated = DATE_EXPRESSION.matcher(text);
            if (kind == Kind.DATE && dated.matches()) {
                DatePattern date = DatePattern.of(dated.group("pattern"));
                regex.append('(').append(date.regex()).append(')');
                groups += date.fields().size();
                parts.add(new Part(kind, null, group, date, zone(dated.group("zone")), START.matcher(text).matches()));
            } else {
                regex.append(kind == Kind.DATE ? "([^/]+)" : "([^/]*)");
                parts.add(Part.of(kind, group));
            }
        }

        private static Kind kind(String text) {
            if (ANY_DATE.matcher(text).matches()) {
                return Kind.DATE;
            }
            if (FIXED.matcher(text).matches()) {
                return Kind.MACHINE;
            }
            return EVER_NEW.matcher(text).matches() ? Kind.EVER_NEW : Kind.OTHER;
        }

        NamePattern build(String template) {
            return new NamePattern(template, Pattern.compile(regex + ENDING),
                    prefix == null ? fixed.toString() : prefix, parts, blank, null);
        }

        private static ZoneId zone(String name) {
            try {
                return name == null ? null : ZoneId.of(name, ZoneId.SHORT_IDS);
            } catch (DateTimeException e) {
                return null;
            }
        }
    }
}
