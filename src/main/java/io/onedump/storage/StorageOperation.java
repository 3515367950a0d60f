package io.onedump.storage;

/** What a {@code storage:} step does. */
public enum StorageOperation {
    /** Keeps the body. */
    PUT,
    /** Looks for the object that the header {@code CamelFileName} names. */
    STAT,
    /** Finds what is in the folder. */
    LIST,
    /** Fetches the object that the header {@code CamelFileName} names. */
    GET,
    /** Deletes the object that the header {@code CamelFileName} names, with its sidecar. */
    DELETE,
    /** Removes what retention does not keep. */
    PRUNE
}
