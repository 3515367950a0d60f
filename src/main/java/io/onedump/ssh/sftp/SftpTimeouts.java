package io.onedump.ssh.sftp;

import java.time.Duration;

/**
 * How long a server may be silent. The time for the connection and the log-in is that of
 * {@link io.onedump.ssh.SshSettings#connectTimeout()}.
 *
 * @param answer for any answer while one is waited for, and while the server takes no more of what is sent
 * @param disk   the same while the server writes a file to its disk, or removes one
 */
record SftpTimeouts(Duration answer, Duration disk) {

    static final SftpTimeouts DEFAULT = new SftpTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(15));

    Duration of(SftpAction action) {
        return action == SftpAction.SYNC || action == SftpAction.REMOVE ? disk : answer;
    }
}
