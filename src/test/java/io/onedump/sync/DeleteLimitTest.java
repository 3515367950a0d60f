package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteLimitTest {

    @Test
    void allowsSoManyFiles() {
        DeleteLimit limit = DeleteLimit.parse("2");
        assertThat(limit.allows(2, 2)).isTrue();
        assertThat(limit.allows(3, 1000)).isFalse();
    }

    @Test
    void allowsSoMuchOfWhatIsThere() {
        DeleteLimit limit = DeleteLimit.parse(" 25% ");
        assertThat(limit.allows(25, 100)).isTrue();
        assertThat(limit.allows(26, 100)).isFalse();
        assertThat(limit.allows(1_500_000_000, 2_000_000_000)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "many", "101%", "1.5%", "12345678901"})
    void refusesWhatIsNoLimit(String text) {
        assertThatThrownBy(() -> DeleteLimit.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option maxDelete");
    }
}
