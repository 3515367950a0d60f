package io.onedump.storage;

import io.onedump.artifact.Threads;

/**
 * Who may read from one storage at the same time.
 *
 * @param threads null where only the caller may
 * @param most    how many of them
 */
public record Readers(Threads threads, int most) {

    /** One thread at a time. */
    static final Readers ONE = new Readers(null, 1);
}
