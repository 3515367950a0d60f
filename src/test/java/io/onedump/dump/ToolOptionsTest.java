package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"--password", "--password=x", "-p", "-px", "--passw", "--pass=x", "-vp", "-vpx",
            "--skip-password", "--loose-password=x"})
    void findsAnOptionInEachForm(String option) {
        assertThat(ToolOptions.MYSQL.has(List.of("--quick", option), List.of("-p", "--password"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=1", "--password-file=x", "-q", "password", "--protocol=tcp", "-hp", "-h p",
            "--where=-p", "-w -p"})
    void takesNoOtherOptionForIt(String options) {
        assertThat(ToolOptions.MYSQL.has(List.of(options.split(" ")), List.of("-p", "--password"))).isFalse();
    }

    @Test
    void takesAnUnderscoreForAHyphenAsMySqlDoes() {
        assertThat(ToolOptions.MYSQL.has(List.of("--result_file=x"), List.of("--result-file"))).isTrue();
        assertThat(ToolOptions.POSTGRES.has(List.of("--result_file=x"), List.of("--result-file"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"--format=custom", "--format custom", "-F custom", "-Fcustom", "--form=custom", "-xFcustom",
            "-xF custom", "-Fp --format=custom"})
    void readsAValueInEachForm(String options) {
        assertThat(ToolOptions.POSTGRES.value(List.of(("-v " + options + " -x").split(" ")), "-F", "--format"))
                .contains("custom");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--formats=c", "-f", "--format", "-v", "-nF", "-tFc"})
    void hasNoValueWhereThereIsNone(String option) {
        assertThat(ToolOptions.POSTGRES.value(List.of(option), "-F", "--format")).isEmpty();
    }
}
