package io.onedump.sync;

import java.nio.file.Path;
import java.util.Objects;

import io.onedump.sync.source.FileFilter;

/**
 * What a sync does.
 *
 * @param source      a file or a folder
 * @param recursive   whether folders in the folder are meant too
 * @param followLinks whether symbolic links stand for what they lead to; else they are skipped
 * @param concurrency connections to the destination at most, or requests at a time; at least 1
 * @param maxAttempts how often each file is tried in all; at least 1
 * @param checksum    whether equal size is not enough: what was not proved before is compared by SHA-256
 * @param dryRun      whether to change nothing
 * @param delete      how many files may be deleted that the source does not have; null to delete none
 */
public record SyncSettings(Path source, FileFilter filter, boolean recursive, boolean followLinks, int concurrency,
        int maxAttempts, boolean checksum, boolean dryRun, DeleteLimit delete) {

    public SyncSettings {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(filter, "filter");
        if (concurrency < 1) {
            throw new IllegalArgumentException("option concurrency: must be at least 1, not " + concurrency);
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("option maxAttempts: must be at least 1, not " + maxAttempts);
        }
    }
}
