package io.onedump.storage;

import java.time.Instant;

/**
 * Something that a storage holds.
 *
 * @param path     relative to the storage
 * @param size     bytes
 * @param modified when it was put there, by the storage's clock
 */
public record StoredObject(String path, long size, Instant modified) {

    /** The last element of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
