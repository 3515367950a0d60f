package io.onedump.storage.s3;

import io.onedump.storage.Verify;

/**
 * How objects are written.
 *
 * @param partSize    bytes of the first parts of a multipart upload, 5 MiB to 5 GiB
 * @param concurrency parts sent at the same time
 * @param attributes  what every new object is given
 */
public record S3Options(Verify verify, long partSize, int concurrency, S3Checksum checksum, S3Attributes attributes) {

    public S3Options {
        if (partSize < PartSizes.SMALLEST || partSize > PartSizes.LARGEST) {
            throw new IllegalArgumentException("partSize must be between " + PartSizes.SMALLEST + " and "
                    + PartSizes.LARGEST + " bytes, the limits of S3: " + partSize);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1: " + concurrency);
        }
    }

    boolean sendsChecksums() {
        return checksum == S3Checksum.WHEN_SUPPORTED;
    }
}
