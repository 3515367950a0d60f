package io.onedump.slowlog.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricStatsTest {

    private static long[] values(int count) {
        Random random = new Random(count);
        return random.doubles(count).mapToLong(d -> d < 0.2 ? 0 : (long) Math.exp(d * 16)).toArray();
    }

    private static MetricSummary summary(long[] values, int parts) {
        MetricStats all = new MetricStats();
        int size = values.length / parts;
        for (int part = 0; part < parts; part++) {
            MetricStats stats = new MetricStats();
            int end = part == parts - 1 ? values.length : (part + 1) * size;
            Arrays.stream(values, part * size, end).forEach(stats::add);
            all.merge(stats);
        }
        return all.summary("Query_time");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 63, 64, 65, 1000, 100_000})
    void percentilesAreAtMostOnePercentOff(int count) {
        long[] values = values(count);
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        MetricSummary summary = summary(values, 1);
        double[] shares = {0.5, 0.95, 0.99};
        double[] percentiles = {summary.p50(), summary.p95(), summary.p99()};
        for (int i = 0; i < shares.length; i++) {
            double exact = sorted[(int) Math.ceil(shares[i] * count) - 1];
            assertThat(percentiles[i]).isCloseTo(exact, within(exact * 0.01 + 1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void partsMergeToTheWhole(int parts) {
        long[] values = values(10_000);
        assertThat(summary(values, parts)).isEqualTo(summary(values, 1));
        assertThat(summary(values, parts).sum()).isEqualTo(Arrays.stream(values).sum());
    }

    @Test
    void theOrderOfValuesChangesNothing() {
        long[] values = values(5_000);
        long[] backwards = LongStream.range(0, values.length).map(i -> values[values.length - 1 - (int) i]).toArray();
        assertThat(summary(backwards, 3)).isEqualTo(summary(values, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 64, 65, 1000})
    void staysTheSameWhenItIsWrittenAndReadBetweenValues(int count) throws IOException {
        long[] values = values(count);
        MetricStats stats = new MetricStats();
        for (int i = 0; i < count; i++) {
            if (i % 23 == 0) {
                stats = copy(stats);
            }
            stats.add(values[i]);
        }
        MetricSummary expected = summary(values, 1);
        assertThat(copy(stats).summary("Query_time")).isEqualTo(expected);
        stats.settle();
        assertThat(copy(stats).summary("Query_time")).isEqualTo(expected);
    }

    private static MetricStats copy(MetricStats stats) throws IOException {
        PackedWriter out = new PackedWriter();
        stats.write(out);
        return MetricStats.read(new PackedReader(out.toBytes()));
    }

    @Test
    void knowsHowMuchMemoryItTakesWhileItGrows() {
        MetricStats stats = new MetricStats();
        long known = stats.footprint();
        for (long value : values(3_000)) {
            known += stats.add(value);
            assertThat(stats.footprint()).isEqualTo((int) known);
        }
    }

    @Test
    void standardDeviationIsThatOfAllValues() {
        MetricStats stats = new MetricStats();
        for (long value : new long[] {2, 4, 4, 4, 5, 5, 7, 9}) {
            stats.add(value);
        }
        assertThat(stats.summary("Rows_sent").stddev()).isCloseTo(2, within(1e-12));
    }
}
