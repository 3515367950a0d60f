package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The loopback interface, the only one that test servers listen on. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {
    }

    static int freePort() {
        try (ServerSocket socket = listen()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot get a free port on " + HOST, e);
        }
    }

    /** A server socket on a port that the system chose. */
    static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 128, InetAddress.getByName(HOST));
    }
}
