package io.onedump.storage;

/** What a {@code storage:} step does. */
public enum StorageOperation {
    /** Keeps the body. */
    PUT
}
