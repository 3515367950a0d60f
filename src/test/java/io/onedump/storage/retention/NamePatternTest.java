package io.onedump.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.SimpleDateFormat;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    private static final NamePattern NAMES =
            NamePattern.of("nightly/${date:now:yyyy}/shop-${date:now:yyyyMMdd-HHmmss}.sql.zst");

    @Test
    void fitsWhatTheJobMakes() {
        assertThat(NAMES.matches("nightly/2026/shop-20261123-030000.sql.zst")).isTrue();
        assertThat(NAMES.prefix()).isEqualTo("nightly/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nightly/2026/shop2-20261123-030000.sql.zst", "nightly/2026/shop-de-20261123-030000.sql.zst",
                    "nightly/2026/x/shop-20261123-030000.sql.zst", "other/2026/shop-20261123-030000.sql.zst",
                    "nightly/2026/shop-20261123-030000.sql.zst.checksum", "nightly/2026/important.txt"})
    void fitsNothingElse(String path) {
        assertThat(NAMES.matches(path)).isFalse();
    }

    @Test
    void allowsForTheEndingThatCompressionAdds() {
        assertThat(NamePattern.of("shop-${date:now:yyyyMMdd}.sql").matches("shop-20261123.sql.zst")).isTrue();
    }

    /** Else retention would begin anew with a job that begins to seal, and keep what is not sealed for ever. */
    @Test
    void countsSealedArtifactsWithThoseThatAreNot() {
        NamePattern names = NamePattern.of("shop-${date:now:yyyyMMdd}.sql");
        for (String name : List.of("shop-20261123.sql", "shop-20261123.sql.age", "shop-20261123.sql.zst.age")) {
            assertThat(names.series(name)).contains("shop-{date}.sql");
            assertThat(NamePattern.seriesOf(name)).isEqualTo("shop-{date}.sql");
            assertThat(names.time(name)).isPresent();
        }
        assertThat(NAMES.matches("nightly/2026/shop-20261123-030000.sql.zst.age")).isTrue();
        assertThat(names.matches("shop-20261123.sql.age.zst")).isFalse();
        assertThat(names.matches("shop-20261123.sql.zst.age.checksum")).isFalse();
    }

    @Test
    void takesDatesOfATimeZoneForDates() {
        NamePattern names = NamePattern.of("shop-${date-with-timezone:now:CET:yyyyMMdd}.sql");
        assertThat(names.matches("shop-20261123.sql")).isTrue();
        assertThat(names.matches("shop-de-20261123.sql")).isFalse();
    }

    @Test
    void refusesPatternsThatFitEverybodysArtifacts() {
        assertThatThrownBy(() -> NamePattern.of("${date:now:yyyyMMdd}.sql")).hasMessageContaining("no fixed part");
    }

    @Test
    void takesNamesWithoutAnyExpression() {
        assertThat(NamePattern.of("shop.sql").matches("shop.sql")).isTrue();
        assertThat(NamePattern.of("shop.sql").matches("shopXsql")).isFalse();
    }

    @Test
    void namesTheSeriesByEverythingButTheDates() {
        assertThat(NAMES.series("nightly/2026/shop-20261123-030000.sql.zst"))
                .contains("nightly/{date}/shop-{date}.sql.zst");
        assertThat(series("a/${header.db}-${date:now:yyyyMMdd}.sql", "a/crm-20261123.sql.gz"))
                .isEqualTo("a/crm-{date}.sql");
        assertThat(series("a/x-${uuid}-${date:now:HHmm}.sql", "a/x-7f3a-0300.sql")).isEqualTo("a/x-*-{date}.sql");
        assertThat(series("a-${date:now:yyyyMMdd}-${date:now:HHmmss}", "a-20261123-030000")).isEqualTo("a-{date}");
        assertThat(series("a-${header.stamp}.sql", "a-20261123.sql")).as("a date in disguise")
                .isEqualTo("a-{date}.sql");
    }

    private static String series(String template, String path) {
        return NamePattern.of(template).series(path).orElseThrow();
    }

    @Test
    void evaluatesWhatIsTheSameForAllRunsOfAMachine() {
        NamePattern beta = NamePattern.of("${sysenv.HOSTNAME}/shop-${date:now:yyyyMMdd}.sql", expression -> "beta");
        assertThat(beta.matches("beta/shop-20261123.sql")).isTrue();
        assertThat(beta.matches("alpha/shop-20261123.sql")).isFalse();
        assertThat(beta.prefix()).isEqualTo("beta/shop-");
    }

    @ParameterizedTest
    @CsvSource({
            "yyyyMMdd-HHmmss, x-20261123-030405, 2026-11-23T03:04:05Z",
            "yyyy-MM-dd'T'HH-mm-ss.SSS, x-2026-11-23T03-04-05.678, 2026-11-23T03:04:05.678Z",
            "dd.MM.yy, x-23.11.26, 2026-11-23T00:00:00Z",
            "yyyyDDD, x-2026032, 2026-02-01T00:00:00Z",
            "yyyyMMdd-kk, x-20261123-24, 2026-11-23T00:00:00Z",
            "yyyy-M-d, x-2026-1-11, 2026-01-11T00:00:00Z",
            "yyyyMMd, x-2026113, 2026-11-03T00:00:00Z",
            "yyyy/yyyyMMdd, x-2026/20261123, 2026-11-23T00:00:00Z",
            "yyyyMMddHHZ, x-2026112303+0000, 2026-11-23T03:00:00Z",
            "yyyy/MM/dd, x-2026/11/23, 2026-11-23T00:00:00Z"})
    void readsTheTimeBack(String date, String path, Instant time) {
        NamePattern names = NamePattern.of("x-${date-with-timezone:now:UTC:" + date + "}");
        names.requireOrder("keepLast");
        assertThat(names.time(path)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-${date:now:yyyy-M}${date:now:d}.sql", "x-${header.db}${date:now:d-M-yyyy}.sql",
            "x-${date:now:yyyy-MM-d}${header.number}.sql"})
    void refusesNumbersThatRunIntoWhatStandsBesideThem(String name) {
        assertThatThrownBy(() -> NamePattern.of(name).requireOrder("keepLast"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("directly beside each other");
    }

    @Test
    void readsTheTimeBackFromPathAndName() {
        NamePattern names = NamePattern.of(
                "a/${date-with-timezone:now:UTC:yyyy-MM}/x-${date-with-timezone:now:UTC:dd-HHmm}.sql");
        names.requireOrder("keepLast");
        assertThat(names.time("a/2026-11/x-23-0304.sql.zst")).contains(Instant.parse("2026-11-23T03:04:00Z"));
        assertThat(names.time("a/2026-02/x-31-0304.sql.zst")).as("no such day").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MMM", "EEE-yyyyMMdd", "yyyyMMdd-hh", "yyyyMMdd-KKa", "YYYY-ww", "YYYYMMdd", "Gyyyy",
            "yyyyMMddz",
            "uu", "HHmm", "yyyy-dd", "yyyy-mm-dd", "yyyyMMdd-mm", "MMdd", "yMd",
            "yyyyMd", "yyyyMddH", "yyyyMMLL", "yyyy-MM-LL", "yyyyMMddHHkk", "yyyyDH", "yyyyM'0'd"})
    void refusesDatesThatItCannotReadBack(String date) {
        NamePattern names = NamePattern.of("x-${date:now:" + date + "}.sql");
        assertThatThrownBy(() -> names.requireOrder("keepDaily")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option keepDaily: ").hasMessageContaining("yyyyMMdd-HHmmss");
    }

    @Test
    void refusesNamesThatAreAlwaysTheSame() {
        assertThatThrownBy(() -> NamePattern.of("shop.sql").requireOrder("keepLast"))
                .hasMessageContaining("replaces the one before");
        assertThatThrownBy(() -> NamePattern.of("x/${sysenv.HOSTNAME}.sql").requireOrder("keepLast"))
                .hasMessageContaining("replaces the one before");
        NamePattern.of("shop-${uuid}.sql").requireOrder("keepLast");
    }

    @Test
    void fitsWhatTheDateExpressionPrints() {
        Random random = new Random(5);
        for (String date : List.of("yyyyMMdd", "d.M.yyyy", "EEEE, d. MMMM yyyy", "hh 'o''clock' a", "''yy",
                "YYYY-'W'ww",
                "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "DDD", "yyyyMMddHHmmssSSSZ")) {
            NamePattern names = NamePattern.of("x-${date:now:" + date + "}.sql");
            for (int round = 0; round < 50; round++) {
                String printed = new SimpleDateFormat(date).format(new Date(random.nextLong(4_000_000_000_000L)));
                assertThat(names.matches("x-" + printed + ".sql")).as(printed).isTrue();
            }
        }
    }

    @Test
    void saysWhereNamesFromATimeOnBegin() {
        Instant time = Instant.parse("2026-11-23T03:04:05Z");
        assertThat(NamePattern.of("a/shop-${date-with-timezone:now:UTC:yyyyMMdd-HHmmss}.sql").from(time))
                .contains("a/shop-20261123");
        assertThat(NamePattern.of("shop/${date-with-timezone:now:UTC:yyyy-MM-dd'T'HH}.sql").from(time))
                .contains("shop/2026-11-23");
        for (String unsorted : List.of("shop-${uuid}-${date:now:yyyyMMdd}", "shop-${date:now:ddMMyyyy}",
                "shop-${date:now-24h:yyyyMMdd}", "shop-${date:now:yyyyMM-dd}", "shop")) {
            assertThat(NamePattern.of(unsorted).from(time)).as(unsorted).isEmpty();
        }
        NamePattern either = NamePattern.of("shop-${date:now:yyyyMMdd}")
                .or(NamePattern.of("shop-x-${date:now:yyyyMMdd}"));
        assertThat(either.from(time)).isEmpty();
    }
}
