package io.onedump.storage.drive;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.Threads;
import io.onedump.storage.ServerTimeouts;
import io.onedump.storage.Verify;

/**
 * How files are written.
 *
 * @param chunkSize bytes that go in one request, a multiple of 256 KiB
 * @param threads   send the chunks
 */
public record DriveOptions(Verify verify, long chunkSize, Backoff backoff, ServerTimeouts timeouts,
        Threads threads) {

    /** All chunks but the last must be a multiple of it. */
    static final long CHUNK_UNIT = 256 * 1024;

    public DriveOptions {
        if (chunkSize < CHUNK_UNIT || chunkSize % CHUNK_UNIT != 0) {
            throw new IllegalArgumentException("option chunkSize: it must be a multiple of " + CHUNK_UNIT
                    + " bytes for Google Drive: " + chunkSize);
        }
    }

    /** With the usual timeouts, and threads that nobody counts. */
    public DriveOptions(Verify verify, long chunkSize, Backoff backoff) {
        this(verify, chunkSize, backoff, ServerTimeouts.DEFAULT, Threads.daemons());
    }
}
