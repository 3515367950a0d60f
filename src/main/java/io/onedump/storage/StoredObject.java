package io.onedump.storage;

import java.time.Instant;

/**
 * Something that a storage holds.
 *
 * @param path     relative to the storage
 * @param size     bytes
 * @param modified when it was put there, by the storage's clock
 * @param tag      what the storage calls these very bytes, another for others; null where it has no name for them
 */
public record StoredObject(String path, long size, Instant modified, String tag) {

    /** Of a storage that has no tags. */
    public StoredObject(String path, long size, Instant modified) {
        this(path, size, modified, null);
    }

    /** The last element of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
