package io.onedump.database.mysql;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

import io.onedump.database.UnixSocket;

/** The bytes to and from a server: a TCP connection that may become TLS, or a Unix socket. */
final class Transport implements Closeable {

    private final Socket tcp;
    private final UnixSocket unix;
    private SSLSocket tls;

    private Transport(Socket tcp, UnixSocket unix) {
        this.tcp = tcp;
        this.unix = unix;
    }

    /** Connects; reads time out like connecting until {@link #readTimeout} says otherwise. */
    static Transport connect(MySqlSettings settings) throws IOException {
        if (settings.socket() != null) {
            Transport transport = new Transport(null, UnixSocket.connect(settings.socket()));
            transport.readTimeout(settings.connectTimeout());
            return transport;
        }
        int timeout = Math.toIntExact(settings.connectTimeout().toMillis());
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), timeout);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(timeout);
            return new Transport(socket, null);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    void encrypt(MySqlSettings settings) throws IOException {
        tls = new TlsSockets(settings).createSocket(tcp);
        tls.startHandshake();
    }

    boolean encrypted() {
        return tls != null;
    }

    /** Whether the other end is on this machine for certain. */
    boolean local() {
        return unix != null;
    }

    /** Whether the other end has an address of this machine, as that of an SSH tunnel has. */
    boolean loopback() {
        return unix != null || tcp.getInetAddress().isLoopbackAddress();
    }

    InputStream input() throws IOException {
        return unix != null ? unix.input() : tls != null ? tls.getInputStream() : tcp.getInputStream();
    }

    OutputStream output() throws IOException {
        return unix != null ? unix.output() : tls != null ? tls.getOutputStream() : tcp.getOutputStream();
    }

    InetAddress localAddress() {
        return unix != null ? InetAddress.getLoopbackAddress() : tcp.getLocalAddress();
    }

    /** How long a read may wait before {@link java.net.SocketTimeoutException}; zero for ever. */
    void readTimeout(Duration timeout) throws IOException {
        if (unix != null) {
            unix.readTimeout(timeout);
        } else {
            tcp.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        }
    }

    /** Ends a waiting read. Closes TCP under TLS, which would first wait for the reader to let go of its lock. */
    @Override
    public void close() throws IOException {
        if (unix != null) {
            unix.close();
        } else {
            tcp.close();
        }
    }
}
