package io.onedump.sync.sftp;

import java.io.IOException;

import io.onedump.artifact.Hasher;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpReader;

/** Reads a file back; for servers without a shell. */
record RemoteReader(SftpChannel channel) {

    /** The SHA-256 of the file's first {@code length} bytes, or of all if it is shorter. */
    String sha256(String file, long length) throws IOException {
        return Hasher.of(new SftpReader(channel, file, 0), length).sha256();
    }
}
