package io.onedump.storage.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which artifacts of one series to keep. An artifact stays when any rule wants it; with no rule at all every artifact
 * stays. Only proved artifacts, those with a sidecar that fits, count for the rules; the newest proved one always
 * stays, and so does what the present run has stored. What has no sidecar stays too, unless {@code pruneUnverified}
 * lets it go as soon as a newer proved one exists. Whatever is doubtful, a damaged sidecar, one that cannot be read,
 * a time in the future, stays and does not count.
 *
 * <p>The rules for calendar periods keep the newest proved artifact of each of the last {@code n} periods that have
 * one.
 *
 * @param keepLast        how many of the newest; 0 for no such rule, as in all of the following
 * @param keepWithin      age up to which all stay, a {@link Duration} or a {@link Period}; null for no such rule
 * @param keepDaily       days
 * @param keepWeekly      ISO weeks, which begin on Monday
 * @param keepMonthly     months
 * @param keepYearly      years
 * @param zone            in which days begin
 * @param pruneUnverified whether what has no sidecar may go
 * @param keepProved      whether the newest that a drill has proved stays, whatever the other rules want
 */
public record Retention(int keepLast, TemporalAmount keepWithin, int keepDaily, int keepWeekly, int keepMonthly,
        int keepYearly, ZoneId zone, boolean pruneUnverified, boolean keepProved) {

    public Retention {
        requireCount("keepLast", keepLast);
        requireCount("keepDaily", keepDaily);
        requireCount("keepWeekly", keepWeekly);
        requireCount("keepMonthly", keepMonthly);
        requireCount("keepYearly", keepYearly);
    }

    /** The same without {@code keepProved}. */
    public Retention(int keepLast, TemporalAmount keepWithin, int keepDaily, int keepWeekly, int keepMonthly,
            int keepYearly, ZoneId zone, boolean pruneUnverified) {
        this(keepLast, keepWithin, keepDaily, keepWeekly, keepMonthly, keepYearly, zone, pruneUnverified, false);
    }

    private static void requireCount(String option, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("option " + option + ": " + count + " is no number of artifacts; 0 is"
                    + " for no such rule");
        }
    }

    /**
     * Reads {@code P1Y2M10D} or {@code PT36H}.
     *
     * @param  text                     null for null
     * @throws IllegalArgumentException saying what is expected
     */
    public static TemporalAmount parseAge(String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.contains("T") ? Duration.parse(text) : Period.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "option keepWithin: '" + text + "' is no ISO 8601 duration such as P30D or"
                            + " PT36H",
                    e);
        }
    }

    /** Whether an age is longer than nothing. */
    public static boolean isPositive(TemporalAmount age) {
        ZonedDateTime then = Instant.EPOCH.atZone(ZoneOffset.UTC);
        return age != null && then.plus(age).isAfter(then);
    }

    /** Whether there is any rule. */
    public boolean isEmpty() {
        return keepLast == 0 && keepWithin == null && keepDaily == 0 && keepWeekly == 0 && keepMonthly == 0
                && keepYearly == 0;
    }

    /**
     * Decides about each of the candidates, newest first.
     *
     * @param now the end of {@code keepWithin}; what claims to be newer has a wrong time
     */
    public List<Decision> decide(List<Candidate> candidates, Instant now) {
        List<Candidate> newestFirst = candidates.stream()
                .sorted(Comparator.comparing(Candidate::time).thenComparing(Candidate::path).reversed()).toList();
        List<Candidate> proved = newestFirst.stream().filter(candidate -> candidate.counts(now)).toList();
        Map<String, List<String>> reasons = reasons(proved, now);
        List<Decision> decisions = new ArrayList<>();
        boolean newerProved = false;
        for (Candidate candidate : newestFirst) {
            List<String> wanted = reasons.getOrDefault(candidate.path(), List.of());
            decisions.add(decide(candidate, wanted, newerProved, now));
            newerProved |= candidate.counts(now);
        }
        return decisions;
    }

    private Decision decide(Candidate candidate, List<String> reasons, boolean newerProved, Instant now) {
        if (isEmpty()) {
            return new Decision(candidate, true, "there is no retention rule");
        }
        if (candidate.standing() == Standing.DOUBTFUL || candidate.standing() == Standing.UNCLAIMED) {
            return new Decision(candidate, true, candidate.note());
        }
        if (candidate.ofThisRun()) {
            return new Decision(candidate, true, reasons.isEmpty() ? "stored by this run" : String.join(", ", reasons));
        }
        if (candidate.time().isAfter(now)) {
            return new Decision(candidate, true,
                    "its time " + candidate.time() + " is in the future: check the clocks");
        }
        if (candidate.standing() == Standing.PROVED) {
            return reasons.isEmpty()
                    ? new Decision(candidate, false, "no rule wants it" + candidate.suffix())
                    : new Decision(candidate, true, String.join(", ", reasons) + candidate.suffix());
        }
        if (!newerProved) {
            return new Decision(candidate, true, "it has no sidecar, and there is no newer one that has");
        }
        return pruneUnverified
                ? new Decision(candidate, false, "it has no sidecar, and there is a newer one that has")
                : new Decision(candidate, true, "it has no sidecar, and only pruneUnverified removes such");
    }

    private Map<String, List<String>> reasons(List<Candidate> good, Instant now) {
        Map<String, List<String>> reasons = new HashMap<>();
        if (good.isEmpty()) {
            return reasons;
        }
        add(reasons, good.get(0), "it is the newest");
        for (int index = 0; index < Math.min(keepLast, good.size()); index++) {
            add(reasons, good.get(index), "number " + (index + 1) + " of the last " + keepLast);
        }
        if (keepWithin != null) {
            Instant limit = now.atZone(zone).minus(keepWithin).toInstant();
            good.stream().filter(candidate -> !candidate.time().isBefore(limit))
                    .forEach(candidate -> add(reasons, candidate, "not older than " + keepWithin));
        }
        if (keepProved) {
            good.stream().filter(Candidate::drilled).findFirst()
                    .ifPresent(candidate -> add(reasons, candidate, "the newest that a drill has proved"));
        }
        for (CalendarPeriod period : CalendarPeriod.values()) {
            addPeriods(reasons, good, period);
        }
        return reasons;
    }

    private void addPeriods(Map<String, List<String>> reasons, List<Candidate> good, CalendarPeriod period) {
        Set<String> seen = new HashSet<>();
        for (Candidate candidate : good) {
            if (seen.size() == count(period)) {
                return;
            }
            String key = period.of(ZonedDateTime.ofInstant(candidate.time(), zone));
            if (seen.add(key)) {
                add(reasons, candidate, "the last of " + key);
            }
        }
    }

    private int count(CalendarPeriod period) {
        return switch (period) {
            case DAY -> keepDaily;
            case WEEK -> keepWeekly;
            case MONTH -> keepMonthly;
            case YEAR -> keepYearly;
        };
    }

    private static void add(Map<String, List<String>> reasons, Candidate candidate, String reason) {
        reasons.computeIfAbsent(candidate.path(), path -> new ArrayList<>()).add(reason);
    }

    /** What is known of an artifact's being whole. */
    public enum Standing {
        /** It has a sidecar that fits. */
        PROVED,
        /** It has no sidecar. */
        UNPROVED,
        /** Its sidecar is damaged, cannot be read, or does not fit. */
        DOUBTFUL,
        /** It may be another job's. */
        UNCLAIMED
    }

    /**
     * An artifact that retention may remove.
     *
     * @param time      when the run began that made it, as far as that is known
     * @param note      why it is doubtful, or where its time is from when not from its sidecar; may be empty
     * @param ofThisRun whether the run has just stored it whose retention this is
     * @param drilled   whether a drill has proved that it comes back
     */
    public record Candidate(String path, Instant time, Standing standing, String note, boolean ofThisRun,
            boolean drilled) {

        /** One that no drill has proved. */
        public Candidate(String path, Instant time, Standing standing, String note, boolean ofThisRun) {
            this(path, time, standing, note, ofThisRun, false);
        }

        /** Whether the rules count it. */
        public boolean counts(Instant now) {
            return standing == Standing.PROVED && (ofThisRun || !time.isAfter(now));
        }

        private String suffix() {
            return note.isEmpty() ? "" : " (" + note + ")";
        }
    }

    /** @param reason why it stays or goes, for people */
    public record Decision(Candidate candidate, boolean keep, String reason) {
    }
}
