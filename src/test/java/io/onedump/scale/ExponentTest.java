package io.onedump.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

class ExponentTest {

    @Test
    void tellsAStraightLineFromASquare() {
        assertThat(Exponent.of(List.of(10, 100, 1000), List.of(70L, 700L, 7000L))).isEqualTo(1, within(1e-9));
        assertThat(Exponent.of(List.of(10, 100, 1000), List.of(300L, 30_000L, 3_000_000L))).isEqualTo(2, within(1e-9));
        assertThat(Exponent.of(List.of(10, 100), List.of(0L, 0L))).isZero();
    }
}
