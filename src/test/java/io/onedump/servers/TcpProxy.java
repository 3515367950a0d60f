package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback proxy in front of any TCP server that can be slow, stall, cut connections or refuse them. Settings hold
 * for open connections too. Upload is what the client sends, download what the server sends. Without faults it passes
 * about 700 MB/s, a third of a direct connection, so measure other things with it.
 */
public final class TcpProxy implements AutoCloseable {

    private final String targetHost;
    private final int targetPort;
    private final ProxyDirection upload = new ProxyDirection();
    private final ProxyDirection download = new ProxyDirection();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final int port;
    private ServerSocket listener;
    private Thread acceptor;

    private TcpProxy(String targetHost, int targetPort) {
        this.targetHost = targetHost;
        this.targetPort = targetPort;
        this.port = listen(0);
    }

    public static TcpProxy to(String host, int port) {
        return new TcpProxy(host, port);
    }

    public String host() {
        return Loopback.HOST;
    }

    public int port() {
        return port;
    }

    public ProxyDirection upload() {
        return upload;
    }

    public ProxyDirection download() {
        return download;
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return accepted.get();
    }

    /** Delays bytes by this much on each way, however many are on the way. */
    public void latency(Duration delay) {
        upload.latency(delay);
        download.latency(delay);
    }

    /** Resets every open connection. */
    public void cut() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** Lets new connections fail with "connection refused" until {@link #accept()}. */
    public synchronized void refuse() {
        try {
            listener.close();
            // The system listens on as long as a thread is in accept().
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes new connections again. */
    public synchronized void accept() {
        if (listener.isClosed()) {
            listen(port);
        }
    }

    private int listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket(wanted, 128, InetAddress.getByName(Loopback.HOST));
            listener = socket;
            acceptor = new Thread(() -> acceptFrom(socket), "proxy listener");
            acceptor.setDaemon(true);
            acceptor.start();
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + wanted, e);
        }
    }

    private void acceptFrom(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                open(socket.accept());
            } catch (IOException e) {
                // The listener was closed, or the target refused and the client has been sent away.
            }
        }
    }

    private void open(Socket client) throws IOException {
        accepted.incrementAndGet();
        Socket server;
        try {
            server = new Socket(targetHost, targetPort);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        ProxiedConnection connection = new ProxiedConnection(client, server, upload, download, connections::remove);
        connections.add(connection);
        connection.start();
    }

    @Override
    public void close() {
        refuse();
        cut();
    }
}
