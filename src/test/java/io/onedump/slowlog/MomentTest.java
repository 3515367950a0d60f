package io.onedump.slowlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"2026-11-23T07:00:00Z, 2026-11-23T07:00:00Z", "2026-11-23T08:00+01:00, 2026-11-23T07:00:00Z",
            "2026-11-23 08:00:00.250+01:00, 2026-11-23T07:00:00.250Z", "2026-11-23, 2026-11-23T00:00:00Z",
            "24h, 2026-11-23T12:00:00Z", "90m, 2026-11-24T10:30:00Z", "30s, 2026-11-24T11:59:30Z",
            "7d, 2026-11-17T12:00:00Z", "2w, 2026-11-10T12:00:00Z"})
    void readsTimesWithAZoneDaysAndTimesAgo(String text, Instant moment) {
        assertThat(Moment.parse(text, CLOCK)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23T07:00:00", "2026-11-23 07:00", "2026-11-23T07:00:00.5"})
    void refusesATimeOfDayWithoutItsZoneAndSaysWhatToWrite(String text) {
        String iso = text.replace(' ', 'T');

        assertThatThrownBy(() -> Moment.parse(text, CLOCK)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without its zone").hasMessageContaining(iso + "Z")
                .hasMessageContaining(iso + "+01:00");
        assertThat(Moment.parse(iso + "Z", CLOCK)).isBefore(Instant.parse("2026-11-23T07:00:01Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "24", "24x", "-24h", "2026-13-01", "2026-02-30", "07:00Z"})
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Moment.parse(text, CLOCK)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a time").hasMessageContaining("24h");
    }
}
