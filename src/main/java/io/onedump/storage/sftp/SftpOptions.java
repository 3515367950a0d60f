package io.onedump.storage.sftp;

import java.time.Duration;

import io.onedump.storage.Verify;

/**
 * How files are written.
 *
 * @param makesFolders whether missing folders are made
 * @param attempts     how often an upload that breaks off is taken up again without having come any further
 * @param pause        before it is taken up for the first time; each further pause is twice as long
 */
public record SftpOptions(Verify verify, boolean makesFolders, int attempts, Duration pause) {

    public static final int DEFAULT_ATTEMPTS = 5;
    public static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

    public SftpOptions {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
        }
    }

    public static SftpOptions of(Verify verify, boolean makesFolders) {
        return new SftpOptions(verify, makesFolders, DEFAULT_ATTEMPTS, DEFAULT_PAUSE);
    }
}
