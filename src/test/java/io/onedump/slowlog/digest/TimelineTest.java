package io.onedump.slowlog.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long SECOND = 1_000_000;

    @Test
    void keepsEveryEventHoweverLongTheLogIs() {
        Timeline timeline = new Timeline();
        for (int i = 0; i < 100_000; i++) {
            timeline.add((i % 2 == 0 ? i : 200_000 - i) * 37 * SECOND, 5);
        }
        TimelineSummary summary = timeline.summary();
        assertThat(summary.counts().length).isBetween(Timeline.MOST / 2, Timeline.MOST);
        assertThat(Arrays.stream(summary.counts()).sum()).isEqualTo(100_000);
        assertThat(Arrays.stream(summary.sums()).sum()).isEqualTo(500_000);
    }

    @Test
    void partsOfDifferentSpanMergeToTheWhole() {
        Timeline whole = new Timeline();
        Timeline few = new Timeline();
        Timeline many = new Timeline();
        for (int i = 0; i < 5_000; i++) {
            long at = 1_795_405_993L * SECOND + i * 11 * SECOND;
            whole.add(at, i);
            (i < 20 ? few : many).add(at, i);
        }
        few.merge(many);
        assertThat(few.summary()).usingRecursiveComparison().isEqualTo(whole.summary());
    }
}
