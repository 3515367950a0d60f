package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private final Backoff backoff = Backoff.endless(Duration.ofMillis(100), Duration.ofMillis(800));

    @ParameterizedTest
    @CsvSource({"1, 75, 126", "2, 150, 251", "3, 300, 501", "4, 600, 800", "5, 600, 800", "2147483647, 600, 800"})
    void doublesUpToItsLongestPause(int failures, long least, long most) {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.length(failures, random).toMillis()).isBetween(least, most);
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        Backoff.Pauses pauses = backoff.pauses(new Random(1));
        pauses.next();
        pauses.next();
        assertThat(pauses.next()).isGreaterThan(Duration.ofMillis(250));
        assertThat(pauses.failures()).isEqualTo(3);

        pauses.reset();
        assertThat(pauses.next()).isLessThan(Duration.ofMillis(130));
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Backoff.DEFAULT.pause(1, null)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
