package io.onedump.database.postgres;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

import io.onedump.database.UnixSocket;

/** The bytes to and from a PostgreSQL server: a TCP connection that may become TLS, or a Unix socket. */
final class PgTransport implements Closeable {

    private static final int SSL_REQUEST = 80877103;
    private static final int CANCEL_REQUEST = 80877102;

    /** Whoever cancels is on his way out, and the server may be gone. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(3);

    private final PgSettings settings;
    private final Socket tcp;
    private final UnixSocket unix;
    private SSLSocket tls;

    private PgTransport(PgSettings settings, Socket tcp, UnixSocket unix) {
        this.settings = settings;
        this.tcp = tcp;
        this.unix = unix;
    }

    /** Connects; reads time out like connecting until {@link #readTimeout} says otherwise. */
    static PgTransport connect(PgSettings settings) throws IOException {
        if (settings.socket() != null) {
            PgTransport transport = new PgTransport(settings, null, UnixSocket.connect(settings.socket()));
            transport.readTimeout(settings.connectTimeout());
            return transport;
        }
        Socket socket = new Socket();
        try {
            int timeout = Math.toIntExact(settings.connectTimeout().toMillis());
            socket.connect(settings.tunnel() == null
                    ? new InetSocketAddress(settings.host(), settings.port())
                    : settings.tunnel(), timeout);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(timeout);
            return new PgTransport(settings, socket, null);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Encrypts, if that is wanted and the server can. */
    void encrypt() throws IOException {
        if (unix != null || !settings.tls().wanted()) {
            return;
        }
        DataOutputStream out = new DataOutputStream(tcp.getOutputStream());
        out.writeInt(8);
        out.writeInt(SSL_REQUEST);
        out.flush();
        int answer = new DataInputStream(tcp.getInputStream()).readUnsignedByte();
        if (answer == 'S') {
            tls = PgTlsSockets.over(tcp, settings);
        } else if (settings.tls().demanded() || answer != 'N') {
            throw new IOException(answer == 'N'
                    ? "the server does not encrypt, and sslmode demands it: enable ssl there"
                    : "what answers is no PostgreSQL server");
        }
    }

    boolean encrypted() {
        return tls != null;
    }

    InputStream input() throws IOException {
        return unix != null ? unix.input() : tls != null ? tls.getInputStream() : tcp.getInputStream();
    }

    OutputStream output() throws IOException {
        return unix != null ? unix.output() : tls != null ? tls.getOutputStream() : tcp.getOutputStream();
    }

    /** How long a read may wait before {@link java.net.SocketTimeoutException}; zero for ever. */
    void readTimeout(Duration timeout) throws IOException {
        if (unix != null) {
            unix.readTimeout(timeout);
        } else {
            tcp.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        }
    }

    /** Asks for the end of what the session with that key is doing; the server does not answer. */
    static void cancel(PgSettings settings, int process, byte[] key) throws IOException {
        try (PgTransport transport = connect(settings.withConnectTimeout(CANCEL_TIMEOUT))) {
            transport.encrypt();
            DataOutputStream out = new DataOutputStream(transport.output());
            out.writeInt(12 + key.length);
            out.writeInt(CANCEL_REQUEST);
            out.writeInt(process);
            out.write(key);
            out.flush();
            // It is read when the server hangs up.
            transport.input().read();
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
