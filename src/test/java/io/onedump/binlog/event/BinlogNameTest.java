package io.onedump.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class BinlogNameTest {

    @Test
    void goesOnAfterSixDigits() {
        assertThat(BinlogName.parse("db.log.999999").next()).hasToString("db.log.1000000");
    }

    @Test
    void sortsByNumber() {
        assertThat(Stream.of("b.1000000", "b.000002", "b.999999").map(BinlogName::parse).sorted())
                .extracting(BinlogName::toString).containsExactly("b.000002", "b.999999", "b.1000000");
    }

    @Test
    void refusesOtherNames() {
        for (String name : new String[] {"binlog.index", "binlog", "a/b.000001", ".000001", "binlog.00001"}) {
            assertThatThrownBy(() -> BinlogName.parse(name)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
    }
}
