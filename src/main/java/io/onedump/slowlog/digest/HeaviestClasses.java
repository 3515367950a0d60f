package io.onedump.slowlog.digest;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;

/**
 * Those of many classes that weigh most, as many as a memory holds. Every class that is left out weighs no more than
 * any that is kept.
 */
final class HeaviestClasses {

    private record Rank(double weight, long micros, long count, long sequence) {

        static final Comparator<Rank> LIGHTEST = Comparator.comparingDouble(Rank::weight)
                .thenComparingLong(Rank::micros).thenComparingLong(Rank::count)
                .thenComparing(Comparator.comparingLong(Rank::sequence).reversed());
    }

    private record Kept(Rank rank, ClassSummary summary) {
    }

    private final long most;
    private final ListedFile file;
    private final ToDoubleFunction<Profile> weight;
    private final ClassSummary.Context context;
    private final PriorityQueue<Kept> kept = new PriorityQueue<>(Comparator.comparing(Kept::rank, Rank.LIGHTEST));
    private Rank heaviestOut;
    private long leftOut;

    /**
     * @param most   classes that are kept
     * @param file   takes those that are kept, or null when they stay in the memory
     * @param weight of classes, or null for their query time; of two with the same, the one with more query time is
     *               heavier
     */
    HeaviestClasses(long most, ListedFile file, ToDoubleFunction<Profile> weight, ClassSummary.Context context) {
        this.most = most;
        this.file = file;
        this.weight = weight;
        this.context = context;
    }

    /**
     * @param stats    can be used for nothing else afterwards
     * @param sequence number of the class in the order of fingerprints
     */
    void add(ClassStats stats, long sequence) throws IOException {
        Rank rank = rank(stats, sequence);
        if (isOut(rank)) {
            leftOut++;
            return;
        }
        kept.add(new Kept(rank, file == null
                ? ClassSummary.inMemory(stats, sequence, context)
                : ClassSummary.inFile(file, stats, sequence, context)));
        if (kept.size() > most) {
            heaviestOut = kept.remove().rank();
            leftOut++;
        }
    }

    private Rank rank(ClassStats stats, long sequence) {
        double weighed = weight == null
                ? stats.totalMicros()
                : weight.applyAsDouble(stats.profile(context.metricNames(), context.names()));
        return new Rank(weighed, stats.totalMicros(), stats.count(), sequence);
    }

    private boolean isOut(Rank rank) {
        return heaviestOut != null && Rank.LIGHTEST.compare(rank, heaviestOut) <= 0;
    }

    /** Whether a class was left out, now that all have been added. */
    boolean leavesOut(ClassStats stats, long sequence) {
        return isOut(rank(stats, sequence));
    }

    /** How many classes were left out. */
    long leftOut() {
        return leftOut;
    }

    /** Those that are kept, the one with the most query time first. */
    List<ClassSummary> byTime() {
        return kept.stream().map(Kept::summary).sorted(ClassSummary.MOST_TIME).toList();
    }
}
