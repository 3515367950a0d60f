package io.onedump.storage.s3;

/**
 * How large each part of an upload is whose length nobody knows: part {@code n}, counted from 1, has
 * {@code first × 2^⌊(n − 1) / 1000⌋} bytes, at the most 5 GiB. With the smallest first part of 5 MiB, 10,000 parts hold
 * 5.3 TB; with the default of 16 MiB, 5 TB take 8,230 parts. The limits are
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">those of S3</a>.
 *
 * @param first   bytes of the first parts
 * @param ceiling bytes that no part exceeds
 */
record PartSizes(long first, long ceiling) {

    static final long SMALLEST = 5L << 20;
    static final long LARGEST = 5L << 30;
    static final int MOST_PARTS = 10_000;

    private static final int STEP = 1000;

    long of(int number) {
        return Math.min(ceiling, first << ((number - 1) / STEP));
    }
}
