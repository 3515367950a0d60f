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

    /** A second for as many bytes: what a slow disk, or a slow processor that hashes them, takes for certain. */
    private static final long SLOWEST = 4L << 20;

    /** For a command of the server's shell, which says nothing before it is done. */
    Duration ofCommand(long read) {
        return disk.plusSeconds(read / SLOWEST);
    }

    Duration of(SftpAction action) {
        return action == SftpAction.SYNC || action == SftpAction.REMOVE ? disk : answer;
    }
}
