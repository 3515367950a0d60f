package io.onedump.ssh;

import java.io.Closeable;

import io.onedump.artifact.OptionalLibrary;

/** A port of this machine's loopback address that leads to a host and port as seen from the SSH server. */
public final class SshTunnel implements Closeable {

    private final SshConnection connection;
    private final int localPort;

    private SshTunnel(SshConnection connection, int localPort) {
        this.connection = connection;
        this.localPort = localPort;
    }

    /** @param remoteHost resolved by the SSH server, so {@code localhost} is the server itself */
    public static SshTunnel open(SshSettings settings, String remoteHost, int remotePort) throws SshException {
        OptionalLibrary.JSCH.require(settings.target() + ": an SSH tunnel");
        SshConnection connection = SshConnection.open(settings);
        try {
            return new SshTunnel(connection, connection.forward(remoteHost, remotePort));
        } catch (SshException e) {
            connection.close();
            throw e;
        }
    }

    public String localHost() {
        return "127.0.0.1";
    }

    public int localPort() {
        return localPort;
    }

    public boolean isOpen() {
        return connection.isConnected();
    }

    /** Ends every connection that runs through the tunnel. */
    @Override
    public void close() {
        connection.close();
    }
}
