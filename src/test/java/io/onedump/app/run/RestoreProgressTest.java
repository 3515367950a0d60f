package io.onedump.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreProgressTest {

    private static final long ALL = 1_000_000;

    @ParameterizedTest
    @CsvSource({"500000, 10, ', 10 s left'", "500000, 61, ', 2 min left'", "10000, 100, ', 2 h 45 min left'",
            "500000, 7200, ', 2 h left'", "5000, 5500, ', 304 h 2 min left'"})
    void saysInWordsHowLongTheRestTakes(long bytes, double seconds, String left) {
        assertThat(RestoreProgress.line(bytes, ALL, 3, bytes, seconds)).endsWith("/s" + left);
    }

    @Test
    void saysNothingOfTheRestWhileNobodyCanKnow() {
        assertThat(RestoreProgress.line(1, ALL, 3, 1, 10)).endsWith("/s");
        assertThat(RestoreProgress.line(500_000, ALL, 3, 500_000, 1)).endsWith("/s");
        assertThat(RestoreProgress.line(ALL, ALL, 3, ALL, 100)).endsWith("/s");
    }

    @Test
    void countsForTheRateOnlyWhatCameInSinceTheRestoreWentOn() {
        assertThat(RestoreProgress.line(900_000, ALL, 3, 100_000, 10)).endsWith(", 10 s left");
        assertThat(RestoreProgress.line(900_000, ALL, 3, 0, 10)).endsWith("0 B/s");
    }
}
