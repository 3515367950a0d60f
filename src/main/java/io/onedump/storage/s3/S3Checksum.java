package io.onedump.storage.s3;

/** Whether requests carry the checksums that S3 introduced in 2022 and not every S3-compatible server knows. */
public enum S3Checksum {
    WHEN_SUPPORTED, WHEN_REQUIRED
}
