package io.onedump.servers;

/**
 * What an account may do in a shared drive, after
 * <a href="https://developers.google.com/workspace/drive/api/guides/ref-roles">the list of roles</a>.
 */
public enum SharedDriveRole {

    /** Adds files, and removes none. */
    CONTRIBUTOR,
    /** Moves files to the trash, too. */
    CONTENT_MANAGER,
    /** Deletes files for good, too. */
    MANAGER;

    boolean mayTrash() {
        return this != CONTRIBUTOR;
    }

    boolean mayDelete() {
        return this == MANAGER;
    }
}
