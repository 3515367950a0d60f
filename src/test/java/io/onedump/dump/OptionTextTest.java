package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTextTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"  ", "\t\n"})
    void hasNoWordsWhenThereIsNothing(String text) {
        assertThat(OptionText.split(text)).isEmpty();
    }

    @Test
    void splitsAtWhiteSpace() {
        assertThat(OptionText.split(" --hex-blob\t--where=1\n -q ")).containsExactly("--hex-blob", "--where=1", "-q");
    }

    @Test
    void keepsWhatIsQuoted() {
        assertThat(OptionText.split("--where=\"id > 1\" --tables 'my table' \"it's\" ''"))
                .containsExactly("--where=id > 1", "--tables", "my table", "it's", "");
    }

    @Test
    void readsBackslashesAsAShellDoes() {
        assertThat(OptionText.split("a\\ b \"c\\\"d\" 'e\\f' g\\")).containsExactly("a b", "c\"d", "e\\f", "g\\");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--where='id", "\"", "a 'b"})
    void refusesAQuoteThatIsNotClosed(String text) {
        assertThatThrownBy(() -> OptionText.split(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quote is not closed");
    }
}
