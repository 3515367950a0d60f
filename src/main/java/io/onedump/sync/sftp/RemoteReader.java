package io.onedump.sync.sftp;

import java.io.IOException;

import io.onedump.artifact.Hasher;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpReply;
import io.onedump.ssh.sftp.SftpRequest;

/** Reads a file back, with many requests on the way; for servers without a shell. */
final class RemoteReader {

    private static final int REQUESTS = 64;

    private final SftpChannel channel;
    private final Hasher hasher = new Hasher();
    private long asked;
    private int outstanding;
    private IOException failure;

    RemoteReader(SftpChannel channel) {
        this.channel = channel;
    }

    /** The SHA-256 of the file's first {@code length} bytes, or of all if it is shorter. */
    String sha256(String file, long length) throws IOException {
        byte[] handle = channel.call(SftpRequest.read(file)).handle();
        while (asked < length || outstanding > 0) {
            if (asked < length && outstanding < REQUESTS && failure == null) {
                ask(handle, (int) Math.min(SftpLimits.WRITE, length - asked));
            } else if (outstanding > 0) {
                channel.handleNext();
            } else {
                throw failure;
            }
        }
        channel.send(SftpRequest.close(handle), SftpReply::ok);
        if (failure != null) {
            throw failure;
        }
        return hasher.digest().sha256();
    }

    /** The answers come in the order of the requests. */
    private void ask(byte[] handle, int length) throws IOException {
        outstanding++;
        asked += length;
        channel.send(SftpRequest.read(handle, asked - length, length), reply -> {
            outstanding--;
            try {
                byte[] data = reply.data();
                if (data != null) {
                    hasher.update(data, 0, data.length);
                }
            } catch (IOException e) {
                failure = e;
            }
        });
    }
}
