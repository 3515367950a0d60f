package io.onedump.storage.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which artifacts to keep. An artifact stays when any rule wants it; with no rule at all every artifact stays. Only
 * good artifacts, those with a sidecar that fits, count for the rules; the newest good one always stays. What is not
 * good goes as soon as a newer good one exists, because it is of no use then.
 *
 * <p>The rules for calendar periods keep the newest good artifact of each of the last {@code n} periods that have one.
 *
 * @param keepLast    how many of the newest; 0 for no such rule, as in all of the following
 * @param keepWithin  age up to which all stay, a {@link Duration} or a {@link Period}; null for no such rule
 * @param keepDaily   days
 * @param keepWeekly  ISO weeks, which begin on Monday
 * @param keepMonthly months
 * @param keepYearly  years
 * @param zone        in which days begin
 */
public record Retention(int keepLast, TemporalAmount keepWithin, int keepDaily, int keepWeekly, int keepMonthly,
        int keepYearly, ZoneId zone) {

    public Retention {
        for (int count : new int[] {keepLast, keepDaily, keepWeekly, keepMonthly, keepYearly}) {
            if (count < 0) {
                throw new IllegalArgumentException("retention counts must not be negative: " + count);
            }
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
            throw new IllegalArgumentException("keepWithin '" + text + "' is no ISO 8601 duration such as P30D or"
                    + " PT36H", e);
        }
    }

    /** Whether there is any rule. */
    public boolean isEmpty() {
        return keepLast == 0 && keepWithin == null && keepDaily == 0 && keepWeekly == 0 && keepMonthly == 0
                && keepYearly == 0;
    }

    /**
     * Decides about each of the candidates, newest first.
     *
     * @param now the end of {@code keepWithin}
     */
    public List<Decision> decide(List<Candidate> candidates, Instant now) {
        List<Candidate> newestFirst = candidates.stream()
                .sorted(Comparator.comparing(Candidate::time).thenComparing(Candidate::path).reversed()).toList();
        List<Candidate> good = newestFirst.stream().filter(Candidate::good).toList();
        Map<String, List<String>> reasons = reasons(good, now);
        List<Decision> decisions = new ArrayList<>();
        boolean newerGood = false;
        for (Candidate candidate : newestFirst) {
            List<String> wanted = reasons.getOrDefault(candidate.path(), List.of());
            decisions.add(decide(candidate, wanted, newerGood));
            newerGood |= candidate.good();
        }
        return decisions;
    }

    private Decision decide(Candidate candidate, List<String> reasons, boolean newerGood) {
        if (isEmpty()) {
            return new Decision(candidate, true, "there is no retention rule");
        }
        if (candidate.good()) {
            return reasons.isEmpty()
                    ? new Decision(candidate, false, "no rule wants it")
                    : new Decision(candidate, true, String.join(", ", reasons));
        }
        return newerGood
                ? new Decision(candidate, false, "it was never verified, and there is a newer one that was")
                : new Decision(candidate, true, "it was not verified, but there is no newer one that was");
    }

    private Map<String, List<String>> reasons(List<Candidate> good, Instant now) {
        Map<String, List<String>> reasons = new TreeMap<>();
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

    /**
     * An artifact that retention may remove.
     *
     * @param time when it was made
     * @param good whether it has a sidecar that fits
     */
    public record Candidate(String path, Instant time, boolean good) {
    }

    /** @param reason why it stays or goes, for people */
    public record Decision(Candidate candidate, boolean keep, String reason) {
    }
}
