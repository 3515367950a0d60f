package io.onedump.storage.dropbox;

import io.onedump.artifact.Backoff;
import io.onedump.storage.Verify;

/**
 * How files are written.
 *
 * @param chunkSize bytes that go in one request, at the most 150 MB
 */
public record DropboxOptions(Verify verify, long chunkSize, Backoff backoff) {

    private static final long LARGEST = 150_000_000;

    public DropboxOptions {
        if (chunkSize < 1 || chunkSize > LARGEST) {
            throw new IllegalArgumentException("chunkSize must be between 1 and " + LARGEST
                    + " bytes for Dropbox: " + chunkSize);
        }
    }
}
