package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {

    private static final long HUNDRED_CENTURIES = 100L * 100 * 366 * 86_400;

    @Test
    void readsWhatAnInstantPrints() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            int digits = random.nextInt(10);
            long unit = (long) Math.pow(10, 9 - digits);
            Instant time = Instant.ofEpochSecond(random.nextLong(-HUNDRED_CENTURIES, HUNDRED_CENTURIES),
                    random.nextLong(1_000_000_000) / unit * unit);
            assertThat(IsoInstant.parse(time.toString())).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T23:59:59Z", "2026-01-31T23:59:59.000Z", "2026-01-31T23:59:59.5Z",
            "2026-01-31T23:59:59.123456789Z", "2016-12-31T23:59:60Z", "2026-01-31T24:00:00Z", "2026-01-31T23:59:59.Z",
            "2026-01-31T23:59:59+01:00", "2026-01-31t23:59:59z", "+12026-01-31T23:59:59Z", "-0001-01-31T23:59:59Z"})
    void readsWhatTheJdkReads(String text) {
        assertThat(IsoInstant.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Z", "2026-01-31", "2026-01-31T23:59:59", "2026-01-31T23:59Z",
            "2026-01-31T23:59:59.1234567890Z", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-31T25:00:00Z",
            "2026/01/31T23:59:59Z", "2026-01-31 23:59:59Z", "2026-01-31T23:59:5\u0669Z", "2026-01-31T23:59:59,5Z"})
    void refusesWhatTheJdkRefuses(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeParseException.class);
        assertThatThrownBy(() -> IsoInstant.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
