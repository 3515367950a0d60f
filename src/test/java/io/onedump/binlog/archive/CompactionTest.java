package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 24_000, 1_000_000, 16 << 20})
    void keepsAFileOfAnyNumberOfEqualSegmentsInFewPieces(long size) {
        grow(50_000, () -> size);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsAFileOfSegmentsOfAnySizesInFewPieces(long seed) {
        Random random = new Random(seed);
        grow(20_000, () -> 1L + (long) Math.pow(2, random.nextDouble() * 25));
    }

    @Test
    void keepsLargeSegmentsBetweenSmallOnesInFewPieces() {
        long[] sizes = {16 << 20, 50, 3_000_000, 1};
        int[] next = {0};
        grow(20_000, () -> sizes[next[0]++ % sizes.length]);
    }

    @Test
    void storesAByteOnlyAFewTimes() {
        // A gigabyte in a day, every two seconds.
        double small = grow(43_200, () -> 24_855).written();
        double large = grow(64, () -> 16 << 20).written();

        assertThat(small / (43_200 * 24_855.0)).isLessThan(5.5);
        assertThat(large / (64.0 * (16 << 20))).isLessThan(1.7);
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 2_000, 24_855, 1_000_000})
    void writesNoMoreForTenTimesTheSegmentsThanTenTimesAsMuch(long size) {
        double some = grow(3_000, () -> size).written();
        double many = grow(30_000, () -> size).written();

        assertThat(Math.log10(many / some)).isLessThanOrEqualTo(1.15);
    }

    @Test
    void leavesAloneWhatItHasCompacted() {
        List<Piece> pieces = grow(10_000, () -> 5_000).pieces();

        assertThat(Compaction.of(pieces)).isEmpty();
    }

    @Test
    void compactsAtOnceWhatWasNeverCompacted() {
        List<Piece> pieces = new ArrayList<>();
        for (long i = 0; i < 43_200; i++) {
            pieces.add(new Piece("p" + i, i * 24_855, (i + 1) * 24_855, 1, ""));
        }

        List<Piece> compacted = compacted(pieces);

        assertThat(compacted).hasSizeLessThanOrEqualTo(Compaction.MOST_PIECES);
        assertThat(compacted.get(0).start()).isZero();
        assertThat(compacted.get(compacted.size() - 1).end()).isEqualTo(43_200 * 24_855L);
    }

    /** A file that grew, and how many bytes were written for that. */
    private record Grown(List<Piece> pieces, double written) {
    }

    private static Grown grow(int segments, LongSupplier sizes) {
        List<Piece> pieces = new ArrayList<>();
        long end = 0;
        double written = 0;
        int most = 0;
        for (int i = 0; i < segments; i++) {
            long size = sizes.getAsLong();
            pieces.add(new Piece("s" + i, end, end + size, 1, ""));
            end += size;
            written += size;
            for (Compaction.Merge merge : Compaction.of(pieces)) {
                written += pieces.get(merge.to() - 1).end() - pieces.get(merge.from()).start();
            }
            pieces = compacted(pieces);
            most = Math.max(most, pieces.size());
        }
        assertThat(most).isLessThanOrEqualTo(Compaction.MOST_PIECES);
        return new Grown(pieces, written);
    }

    private static List<Piece> compacted(List<Piece> pieces) {
        List<Piece> compacted = new ArrayList<>(pieces);
        List<Compaction.Merge> merges = Compaction.of(pieces);
        for (int i = merges.size() - 1; i >= 0; i--) {
            List<Piece> merged = compacted.subList(merges.get(i).from(), merges.get(i).to());
            Piece one = new Piece("m", merged.get(0).start(), merged.get(merged.size() - 1).end(), 1, "");
            merged.clear();
            merged.add(one);
        }
        return compacted;
    }
}
