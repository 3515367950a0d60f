package io.onedump.slowlog.digest;

/**
 * Events over time.
 *
 * @param start  of the first bucket, in microseconds since 1970
 * @param width  of a bucket in microseconds
 * @param counts events of each bucket
 * @param sums   their query time in microseconds
 */
public record TimelineSummary(long start, long width, long[] counts, long[] sums) {

    /** Whether no event has a time. */
    public boolean isEmpty() {
        return counts.length == 0;
    }
}
