package io.onedump.binlog.archive;

import java.time.Duration;

import io.onedump.artifact.Compression;

/**
 * How files get from local disk to the storage.
 *
 * @param level        of the compression, null for its default
 * @param segmentEvery how long events of the open file may wait on local disk
 * @param segmentBytes how many bytes of them may wait
 * @param attempts     how often one run that is to end tries before it gives up; a continuous run never does
 */
public record UploadSettings(Compression compression, Integer level, Duration segmentEvery, long segmentBytes,
        int attempts) {

    public static final UploadSettings DEFAULT =
            new UploadSettings(Compression.ZSTD, null, Duration.ofSeconds(2), 16 << 20, 5);

    public UploadSettings {
        try {
            compression.level(level);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option compressionLevel: " + e.getMessage(), e);
        }
        if (segmentEvery.isNegative() || segmentEvery.isZero()) {
            throw new IllegalArgumentException("option segmentInterval: it must be positive: " + segmentEvery);
        }
        if (segmentBytes < 1) {
            throw new IllegalArgumentException("option segmentSize: it must be at least 1: " + segmentBytes);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("option attempts: it must be at least 1: " + attempts);
        }
    }
}
