package io.onedump.sync.sftp;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Hasher;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpReader;

/** Reads a file back; for servers without a shell. */
record RemoteReader(SftpChannel channel) {

    /** The SHA-256 of the file's first {@code length} bytes, or of all if it is shorter. */
    String sha256(String file, long length) throws IOException {
        Hasher hasher = new Hasher();
        byte[] buffer = new byte[channel.writeSize()];
        try (InputStream in = new SftpReader(channel, file, 0)) {
            long left = length;
            for (int read; left > 0 && (read = in.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0; left -= read) {
                hasher.update(buffer, 0, read);
            }
        }
        return hasher.digest().sha256();
    }
}
