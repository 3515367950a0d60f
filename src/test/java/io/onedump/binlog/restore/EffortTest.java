package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffortTest {

    @ParameterizedTest
    @CsvSource({"1, 300, less than a minute", "600000, 200000000, a minute to 13 minutes",
            "100, 4000000000, 2 minutes to 17 minutes", "100, 400000000000, 3 hours to 28 hours"})
    void saysHowLongItMayTake(long transactions, long bytes, String words) {
        assertThat(effort(transactions, bytes, bytes).time()).isEqualTo(words);
    }

    @Test
    void refusesAFolderWithoutRoomBeforeAnythingIsFetched() throws Exception {
        assertThatThrownBy(() -> effort(1, 1000, 999).requireRoom())
                .hasMessageContaining("needs 1000 bytes in /work, and 999 are free");
        effort(1, 1000, 1000).requireRoom();
    }

    @Test
    void saysWhatIsNotKnown() {
        assertThat(effort(1, 1000, 2000).lines()).anyMatch(line -> line.contains("how many are free no SQL tells"))
                .anyMatch(line -> line.contains("1000 bytes of the log in /work, where 2000 are free"));
    }

    private static Effort effort(long transactions, long bytes, long free) {
        return new Effort(bytes, Path.of("/work"), free, bytes, transactions, true, OptionalLong.empty());
    }
}
