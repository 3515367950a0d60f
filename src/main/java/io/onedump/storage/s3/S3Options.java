package io.onedump.storage.s3;

import io.onedump.artifact.Threads;
import io.onedump.storage.Verify;

/**
 * How objects are written.
 *
 * @param partSize    bytes of the first parts of a multipart upload, 5 MiB to 5 GiB
 * @param concurrency parts sent at the same time
 * @param attributes  what every new object is given
 * @param threads     send the parts
 */
public record S3Options(Verify verify, long partSize, int concurrency, S3Checksum checksum, S3Attributes attributes,
        Threads threads) {

    public S3Options {
        if (partSize < PartSizes.SMALLEST || partSize > PartSizes.LARGEST) {
            throw new IllegalArgumentException("option partSize: it must be between " + PartSizes.SMALLEST + " and "
                    + PartSizes.LARGEST + " bytes, the limits of S3: " + partSize);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("option concurrency: it must be at least 1: " + concurrency);
        }
    }

    /** With threads that nobody counts. */
    public S3Options(Verify verify, long partSize, int concurrency, S3Checksum checksum, S3Attributes attributes) {
        this(verify, partSize, concurrency, checksum, attributes, Threads.daemons());
    }

    boolean sendsChecksums() {
        return checksum == S3Checksum.WHEN_SUPPORTED;
    }
}
