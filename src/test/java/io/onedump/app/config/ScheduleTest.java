package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZonedDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"quartz:backup/shop?cron=0+30+2+*+*+?&trigger.timeZone=Europe/Berlin&stateful=true",
            "quartz://backup/shop?cron=0 30 2 * * ?&trigger.timeZone=Europe/Berlin",
            "quartz:backup/shop?trigger.timeZone=Europe%2FBerlin&cron=0%2030%202%20*%20*%20%3F"})
    void readsACronExpressionInItsTimeZone(String uri) {
        Schedule schedule = Schedule.of(uri);

        assertThat(schedule.text()).isEqualTo("0 30 2 * * ? Europe/Berlin");
        assertThat(schedule.next(NOON)).hasValueSatisfying(
                next -> assertThat(next).isEqualTo(ZonedDateTime.parse("2026-11-24T02:30:00+01:00[Europe/Berlin]")));
    }

    @Test
    void skipsAnHourThatTheClocksSkip() {
        Schedule schedule = Schedule.of("quartz:a/b?cron=0+30+2+*+*+?&trigger.timeZone=Europe/Berlin");

        assertThat(schedule.next(ZonedDateTime.parse("2026-03-28T12:00:00Z"))).hasValueSatisfying(
                next -> assertThat(next.toLocalDate()).isEqualTo("2026-03-30"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0+30+2+*+*+?", "0+0+2+*+*+?", "0+59+2+*+*+?", "0+30+2+28+3+?", "0+30+2+?+*+SUN"})
    void tellsOfARunThatTheClocksSkip(String cron) {
        assertThat(Schedule.of("quartz:a/b?cron=" + cron + "&trigger.timeZone=Europe/Berlin").skipped(NOON))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("2027-03-28T02:").contains("is skipped"));
    }

    /** North and south, gaps at midnight and of half an hour, and schedules that are due more than once in a gap. */
    @ParameterizedTest
    @CsvSource({"0+30+2+*+*+?, America/New_York, 2027-03-14T02:30", "0+30+1+*+*+?, Europe/London, 2027-03-28T01:30",
            "0+30+2+*+*+?, Australia/Sydney, 2027-10-03T02:30", "0+30+2+*+*+?, Pacific/Auckland, 2027-09-26T02:30",
            "0+30+0+*+*+?, Atlantic/Azores, 2027-03-28T00:30", "0+0+0+*+*+?, America/Santiago, 2027-09-05T00:00",
            "0+15+2+*+*+?, Australia/Lord_Howe, 2027-10-03T02:15", "0+0/30+2+*+*+?, Europe/Berlin, 2027-03-28T02:00",
            "'0+0,20,40+2+*+*+?+*', Europe/Berlin, 2027-03-28T02:00", "0+30+2+L+MAR+?, Europe/Berlin, none",
            "0+30+2+?+MAR+SUNL, Europe/Berlin, 2027-03-28T02:30", "0+30+2+?+*+MON-SAT, Europe/Berlin, none",
            "'0+30+2,3+*+*+?', Europe/Berlin, none", "0+30+2+*+*+?+2026, Europe/Berlin, none",
            "0+30+2+*+*+?, Asia/Tokyo, none", "0+30+2+*+*+?, Asia/Kolkata, none", "0+30+2+*+*+?, America/Phoenix, none",
            "0+45+2+*+*+?, Australia/Lord_Howe, none"})
    void tellsOfASkippedRunInEveryZone(String cron, String zone, String skipped) {
        String text = Schedule.of("quartz:a/b?cron=" + cron + "&trigger.timeZone=" + zone).skipped(NOON)
                .orElse("none");

        assertThat(text).startsWith(skipped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quartz:a/b?cron=0+30+3+*+*+?&trigger.timeZone=Europe/Berlin",
            "quartz:a/b?cron=0+30+1+*+*+?&trigger.timeZone=Europe/Berlin",
            "quartz:a/b?cron=0+15+*+*+*+?&trigger.timeZone=Europe/Berlin",
            "quartz:a/b?cron=0+30+2+*+*+?&trigger.timeZone=UTC", "timer:x", "direct:x"})
    void tellsOfNothingWhenTheClocksSkipNoRun(String uri) {
        assertThat(Schedule.of(uri).skipped(NOON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"timer:x?period=90m, every 1h30m, PT1H30M", "timer:x?period=5000, every 5s, PT5S", "timer:x, every"
            + " 1s, PT1S",
            "scheduler:x?delay=90s, every 1m30s, PT1M30S"})
    void readsAPeriodWhoseNextTimeIsNotKnown(String uri, String text, Duration period) {
        Schedule schedule = Schedule.of(uri);

        assertThat(schedule.text()).isEqualTo(text);
        assertThat(schedule.period()).isEqualTo(period);
        assertThat(schedule.next(NOON)).isEmpty();
    }

    @Test
    void isOnRequestWithoutASchedule() {
        assertThat(Schedule.of("direct:shop").text()).isEqualTo("on request");
        assertThat(Schedule.of("direct:shop").next(NOON)).isEmpty();
    }

    @Test
    void saysHowACronExpressionIsWritten() {
        assertThatThrownBy(() -> Schedule.of("quartz:a/b?cron=30+2+*+*+*")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'30 2 * * *'").hasMessageContaining("0 30 2 * * ?");
    }
}
