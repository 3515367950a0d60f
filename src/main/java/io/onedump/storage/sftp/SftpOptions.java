package io.onedump.storage.sftp;

import io.onedump.artifact.Backoff;
import io.onedump.storage.Verify;

/**
 * How files are written.
 *
 * @param makesFolders whether missing folders are made
 * @param backoff      how often an upload that breaks off is taken up again without having come any further
 */
public record SftpOptions(Verify verify, boolean makesFolders, Backoff backoff) {
}
