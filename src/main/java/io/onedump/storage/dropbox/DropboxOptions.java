package io.onedump.storage.dropbox;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.Threads;
import io.onedump.storage.ServerTimeouts;
import io.onedump.storage.Verify;

/**
 * How files are written.
 *
 * @param chunkSize bytes that go in one request, at the most 150 MB
 * @param threads   send the chunks
 */
public record DropboxOptions(Verify verify, long chunkSize, Backoff backoff, ServerTimeouts timeouts,
        Threads threads) {

    private static final long LARGEST = 150_000_000;

    public DropboxOptions {
        if (chunkSize < 1 || chunkSize > LARGEST) {
            throw new IllegalArgumentException("option chunkSize: it must be between 1 and " + LARGEST
                    + " bytes for Dropbox: " + chunkSize);
        }
    }

    /** With the usual timeouts, and threads that nobody counts. */
    public DropboxOptions(Verify verify, long chunkSize, Backoff backoff) {
        this(verify, chunkSize, backoff, ServerTimeouts.DEFAULT, Threads.daemons());
    }
}
