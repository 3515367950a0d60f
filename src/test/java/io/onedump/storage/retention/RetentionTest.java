package io.onedump.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.onedump.storage.retention.Retention.Candidate;
import io.onedump.storage.retention.Retention.Decision;
import io.onedump.storage.retention.Retention.Standing;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int HISTORIES = 12_000;
    private static final Standing[] STANDINGS = {Standing.PROVED, Standing.PROVED, Standing.PROVED, Standing.PROVED,
            Standing.UNPROVED, Standing.DOUBTFUL, Standing.UNCLAIMED};

    @Test
    void keepsEverythingWithoutARule() {
        assertThat(kept(rules(0, null, 0, 0, 0, 0), List.of(at("2001-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"))))
                .hasSize(2);
    }

    @Test
    void keepsTheLastOfEachDay() {
        List<Candidate> history =
                List.of(at("2026-11-21T01:00:00Z"), at("2026-11-21T02:00:00Z"), at("2026-11-22T01:00:00Z"),
                        at("2026-11-23T01:00:00Z"));
        assertThat(kept(rules(0, null, 2, 0, 0, 0), history)).containsExactlyInAnyOrder("2026-11-22T01:00:00Z",
                "2026-11-23T01:00:00Z");
    }

    @Test
    void countsOnlyPeriodsThatHaveAnArtifact() {
        List<Candidate> history =
                List.of(at("2020-01-05T01:00:00Z"), at("2024-01-05T01:00:00Z"), at("2026-01-05T01:00:00Z"));
        assertThat(kept(rules(0, null, 0, 0, 0, 2), history)).containsExactlyInAnyOrder("2024-01-05T01:00:00Z",
                "2026-01-05T01:00:00Z");
    }

    @Test
    void neverRemovesTheNewestGoodOne() {
        List<Candidate> history = List.of(at("2001-01-01T00:00:00Z"), bad("2026-11-23T00:00:00Z"));
        assertThat(kept(rules(0, Duration.ofDays(1), 0, 0, 0, 0), history))
                .containsExactlyInAnyOrder("2001-01-01T00:00:00Z", "2026-11-23T00:00:00Z");
    }

    @Test
    void keepsWhatHasNoSidecarUnlessToldOtherwise() {
        List<Candidate> history = List.of(bad("2026-11-22T00:00:00Z"), at("2026-11-23T00:00:00Z"));
        assertThat(kept(rules(5, null, 0, 0, 0, 0), history)).hasSize(2);
        Retention prunes = new Retention(5, null, 0, 0, 0, 0, ZoneOffset.UTC, true);
        assertThat(kept(prunes, history)).containsExactly("2026-11-23T00:00:00Z");
    }

    @Test
    void keepsTheNewestThatADrillHasProved() {
        List<Candidate> history = List.of(drilled("2026-11-20T00:00:00Z"), drilled("2026-11-21T00:00:00Z"),
                at("2026-11-22T00:00:00Z"), at("2026-11-23T00:00:00Z"));
        assertThat(kept(rules(1, null, 0, 0, 0, 0), history)).containsExactly("2026-11-23T00:00:00Z");
        assertThat(kept(new Retention(1, null, 0, 0, 0, 0, ZoneOffset.UTC, false, true), history))
                .containsExactlyInAnyOrder("2026-11-21T00:00:00Z", "2026-11-23T00:00:00Z");
    }

    private static Candidate drilled(String time) {
        Candidate one = at(time);
        return new Candidate(one.path(), one.time(), one.standing(), one.note(), false, true);
    }

    @Test
    void neitherRemovesNorCountsWhatIsDoubtful() {
        List<Candidate> history = List.of(at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z"),
                new Candidate("doubtful", Instant.parse("2026-11-22T00:00:00Z"), Standing.DOUBTFUL, "damaged", false));
        assertThat(kept(new Retention(1, null, 0, 0, 0, 0, ZoneOffset.UTC, true), history))
                .containsExactlyInAnyOrder("doubtful", "2026-11-21T00:00:00Z");
    }

    @Test
    void neitherRemovesNorCountsWhatClaimsToBeFromTheFuture() {
        List<Candidate> history = List.of(at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z"),
                at("2026-11-24T00:00:00Z"), at("2026-11-25T00:00:00Z"));
        assertThat(kept(rules(1, null, 0, 0, 0, 0), history)).containsExactlyInAnyOrder("2026-11-21T00:00:00Z",
                "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");
    }

    @Test
    void neverRemovesWhatThisRunHasStored() {
        List<Candidate> history = List.of(at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z"),
                new Candidate("own", Instant.parse("2001-01-01T00:00:00Z"), Standing.PROVED, "", true));
        assertThat(kept(rules(1, null, 0, 0, 0, 0), history)).containsExactlyInAnyOrder("own", "2026-11-21T00:00:00Z");
    }

    @Test
    void readsAges() {
        assertThat(Retention.parseAge("P1M")).isEqualTo(Period.ofMonths(1));
        assertThat(Retention.parseAge("PT36H")).isEqualTo(Duration.ofHours(36));
        assertThatThrownBy(() -> Retention.parseAge("30 days")).hasMessageContaining("P30D");
    }

    @Test
    void decidesAsTheOracleOnRandomHistories() {
        Random random = new Random(20261123);
        for (int round = 0; round < HISTORIES; round++) {
            List<Candidate> history = history(random);
            Retention retention = new Retention(random.nextInt(4),
                    random.nextBoolean() ? Duration.ofHours(random.nextInt(900)) : null,
                    random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(3),
                    random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Australia/Lord_Howe"),
                    random.nextBoolean());
            List<Decision> decisions = retention.decide(history, NOW);
            assertThat(decisions).hasSameSizeAs(history);
            assertThat(paths(decisions)).as("round %s: %s of %s", round, retention, history)
                    .isEqualTo(Oracle.kept(retention, history));
        }
    }

    private static List<Candidate> history(Random random) {
        int size = random.nextInt(30);
        int spanHours = 1 + random.nextInt(random.nextBoolean() ? 200 : 30_000);
        List<Candidate> history = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            Instant time = NOW.minus(Duration.ofMinutes(random.nextInt(spanHours * 60) - random.nextInt(600)));
            history.add(new Candidate("shop-" + index, time, STANDINGS[random.nextInt(STANDINGS.length)], "",
                    random.nextInt(20) == 0));
        }
        return history;
    }

    /** Says the same in another way: for each artifact alone, by counting those that are better. */
    private static final class Oracle {

        static Set<String> kept(Retention rules, List<Candidate> history) {
            Comparator<Candidate> order = Comparator.comparing(Candidate::time).thenComparing(Candidate::path);
            return history.stream().filter(one -> keeps(rules, history, one, order)).map(Candidate::path)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static boolean keeps(Retention rules, List<Candidate> history, Candidate one,
                Comparator<Candidate> order) {
            List<Candidate> newer = history.stream().filter(other -> other.standing() == Standing.PROVED)
                    .filter(other -> other.ofThisRun() || !other.time().isAfter(NOW))
                    .filter(other -> order.compare(other, one) > 0).toList();
            if (rules.isEmpty() || one.ofThisRun() || one.time().isAfter(NOW)) {
                return true;
            }
            if (one.standing() != Standing.PROVED) {
                return one.standing() != Standing.UNPROVED || newer.isEmpty() || !rules.pruneUnverified();
            }
            ZoneId zone = rules.zone();
            return newer.isEmpty() || newer.size() < rules.keepLast()
                    || rules.keepWithin() != null && !one.time().isBefore(NOW.minus((Duration) rules.keepWithin()))
                    || period(newer, one, zone, rules.keepDaily(), day -> day)
                    || period(newer, one, zone, rules.keepWeekly(),
                            day -> day.get(IsoFields.WEEK_BASED_YEAR) + "/"
                                    + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
                    || period(newer, one, zone, rules.keepMonthly(), day -> day.getYear() + "/" + day.getMonthValue())
                    || period(newer, one, zone, rules.keepYearly(), day -> day.getYear());
        }

        private static boolean period(List<Candidate> newer, Candidate one, ZoneId zone, int count,
                Function<LocalDate, Object> period) {
            Set<Object> newerPeriods =
                    newer.stream().map(other -> period.apply(LocalDate.ofInstant(other.time(), zone)))
                            .collect(Collectors.toSet());
            return newerPeriods.size() < count
                    && !newerPeriods.contains(period.apply(LocalDate.ofInstant(one.time(), zone)));
        }
    }

    private static Retention rules(int last, Duration within, int daily, int weekly, int monthly, int yearly) {
        return new Retention(last, within, daily, weekly, monthly, yearly, ZoneOffset.UTC, false);
    }

    private static Candidate at(String time) {
        return new Candidate(time, Instant.parse(time), Standing.PROVED, "", false);
    }

    private static Candidate bad(String time) {
        return new Candidate(time, Instant.parse(time), Standing.UNPROVED, "", false);
    }

    private static Set<String> kept(Retention retention, List<Candidate> history) {
        return paths(retention.decide(history, NOW));
    }

    private static Set<String> paths(List<Decision> decisions) {
        return decisions.stream().filter(Decision::keep).map(decision -> decision.candidate().path())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
