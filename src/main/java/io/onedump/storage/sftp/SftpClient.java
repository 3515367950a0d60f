package io.onedump.storage.sftp;

import com.jcraft.jsch.ChannelSftp;
import io.onedump.ssh.SshConnection;
import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;

/** One connection and its SFTP channel, made when needed and again after they broke. */
final class SftpClient {

    private final SshSettings settings;
    private SshConnection connection;
    private ChannelSftp channel;

    SftpClient(SshSettings settings) {
        this.settings = settings;
    }

    SshSettings settings() {
        return settings;
    }

    SshConnection connection() throws SshException {
        if (connection == null || !connection.isConnected()) {
            close();
            connection = SshConnection.open(settings);
        }
        return connection;
    }

    /** The channel for short requests, and for one upload at a time. */
    ChannelSftp channel() throws SshException {
        if (channel == null || !channel.isConnected() || !connection.isConnected()) {
            channel = openChannel();
        }
        return channel;
    }

    /** A further channel; the caller closes it. */
    ChannelSftp openChannel() throws SshException {
        return connection().openSftp();
    }

    boolean isConnected() {
        return connection != null && connection.isConnected() && (channel == null || channel.isConnected());
    }

    /** The next call of {@link #channel()} makes a new one. */
    void closeChannel() {
        close(channel);
        channel = null;
    }

    void close() {
        closeChannel();
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    static void close(ChannelSftp channel) {
        if (channel != null) {
            channel.disconnect();
        }
    }

    /** JSch takes {@code * ? \} in paths for patterns. */
    static String literal(String path) {
        return path.replaceAll("[\\\\*?]", "\\\\$0");
    }
}
