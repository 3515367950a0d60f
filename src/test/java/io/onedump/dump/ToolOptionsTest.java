package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"--password", "--password=x", "-p", "-px"})
    void findsAnOptionInEachForm(String option) {
        assertThat(ToolOptions.has(List.of("--quick", option), List.of("-p", "--password"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=1", "--password-file=x", "-q", "password", "--protocol=tcp"})
    void takesNoOtherOptionForIt(String option) {
        assertThat(ToolOptions.has(List.of(option), List.of("-p", "--password"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"--format=custom", "--format custom", "-F custom", "-Fcustom"})
    void readsAValueInEachForm(String options) {
        assertThat(ToolOptions.value(List.of(("-v " + options + " -x").split(" ")), "-F", "--format"))
                .contains("custom");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--formats=c", "-f", "--format", "-v"})
    void hasNoValueWhereThereIsNone(String option) {
        assertThat(ToolOptions.value(List.of(option), "-F", "--format")).isEmpty();
    }
}
