package io.onedump.storage;

import io.onedump.ssh.SshSettings;

/**
 * A folder of an SFTP server, to which many files go quicker over connections kept full than put by put.
 *
 * @param folder       relative to the folder of the log-in, unless it starts with a slash; empty or with a slash at its
 *                     end
 * @param makesFolders whether missing folders are made
 * @param verify       how what was sent is to be compared
 */
public record BulkTarget(SshSettings server, String folder, boolean makesFolders, Verify verify) {

    public BulkTarget {
        folder = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    }

    /** The folder below it, whose path is relative and ends with a slash, or is empty. */
    public BulkTarget below(String path) {
        return new BulkTarget(server, folder + path, makesFolders, verify);
    }
}
