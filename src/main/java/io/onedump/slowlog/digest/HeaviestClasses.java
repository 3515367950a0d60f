package io.onedump.slowlog.digest;

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

    private final long budget;
    private final ToDoubleFunction<Profile> weight;
    private final ClassSummary.Context context;
    private final PriorityQueue<Kept> kept = new PriorityQueue<>(Comparator.comparing(Kept::rank, Rank.LIGHTEST));
    private Rank heaviestOut;
    private long footprint;
    private long leftOut;

    /**
     * @param budget bytes of memory
     * @param weight of classes, or null for their query time; of two with the same, the one with more query time is
     *               heavier
     */
    HeaviestClasses(long budget, ToDoubleFunction<Profile> weight, ClassSummary.Context context) {
        this.budget = budget;
        this.weight = weight;
        this.context = context;
    }

    /**
     * @param stats    can be used for nothing else afterwards
     * @param sequence number of the class in the order of fingerprints
     */
    void add(ClassStats stats, long sequence) {
        Rank rank = rank(stats, sequence);
        if (isOut(rank)) {
            leftOut++;
            return;
        }
        ClassSummary summary = new ClassSummary(stats, sequence, context);
        kept.add(new Kept(rank, summary));
        footprint += summary.footprint();
        while (footprint > budget) {
            Kept lightest = kept.remove();
            heaviestOut = lightest.rank();
            footprint -= lightest.summary().footprint();
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
