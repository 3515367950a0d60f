package io.onedump.ssh.sftp;

import java.time.Instant;

/**
 * What a server says of a file.
 *
 * @param size        bytes; -1 when it did not say
 * @param permissions type and access bits as in POSIX's {@code st_mode}; 0 when it did not say
 * @param modified    whole seconds; the epoch when it did not say
 */
public record SftpAttributes(long size, int permissions, Instant modified) {

    private static final int TYPE = 0170000;
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;

    public boolean isFolder() {
        return (permissions & TYPE) == FOLDER;
    }

    public boolean isFile() {
        return (permissions & TYPE) == FILE;
    }
}
