package io.onedump.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class MySqlGtidsTest {

    private static final String SERVER = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void writesIntervalsAsMySqlDoes() {
        MySqlGtids gtids = new MySqlGtids();
        gtids.add(SERVER, 1, 5);
        gtids.add(SERVER, 7, 7);

        assertThat(gtids).hasToString(SERVER + ":1-5:7");
    }

    @Test
    void joinsWhatTouchesInWhateverOrderItComes() {
        List<Long> numbers = new ArrayList<>();
        for (long number = 1; number <= 500; number++) {
            numbers.add(number);
        }
        Collections.shuffle(numbers, new Random(1));
        MySqlGtids gtids = new MySqlGtids();
        numbers.forEach(number -> gtids.add(SERVER, number, number));

        assertThat(gtids).hasToString(SERVER + ":1-500");
    }

    @Test
    void swallowsIntervalsWithinAnother() {
        MySqlGtids gtids = new MySqlGtids();
        gtids.add(SERVER, 3, 4);
        gtids.add(SERVER, 8, 9);
        gtids.add(SERVER, 1, 20);
        gtids.add(SERVER, 5, 6);

        assertThat(gtids).hasToString(SERVER + ":1-20");
    }
}
