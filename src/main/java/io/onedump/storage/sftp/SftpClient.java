package io.onedump.storage.sftp;

import java.io.IOException;

import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpFailure;
import io.onedump.ssh.sftp.SftpFiles;

/** A connection, made when needed and again after it broke. */
final class SftpClient {

    private final SshSettings settings;
    private SftpChannel channel;

    SftpClient(SshSettings settings) {
        this.settings = settings;
    }

    SshSettings settings() {
        return settings;
    }

    SftpChannel channel() throws IOException {
        if (!isConnected()) {
            close();
            channel = SftpChannel.open(settings);
        }
        return channel;
    }

    SftpFiles files() throws IOException {
        return channel().files();
    }

    /** Of the connection that there is, which may have broken; makes none. */
    SftpFailure failure(IOException e, String folder) {
        return SftpFailure.of(e, settings, channel, folder);
    }

    boolean isConnected() {
        return channel != null && channel.isConnected();
    }

    void close() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
