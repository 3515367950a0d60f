package io.onedump.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
