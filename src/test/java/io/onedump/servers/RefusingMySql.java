package io.onedump.servers;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and answers in its place with an error packet, until it is told to let clients through. */
public final class RefusingMySql implements Closeable {

    private final ServerSocket socket;
    private final int port;
    private final int code;
    private final String message;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean open;

    private RefusingMySql(int port, int code, String message) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = port;
        this.code = code;
        this.message = message;
        daemon(this::accept);
    }

    /** @param port of the server behind */
    public static RefusingMySql before(int port, int code, String message) throws IOException {
        return new RefusingMySql(port, code, message);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How many clients it has sent away. */
    public int refused() {
        return refused.get();
    }

    public void letThrough() {
        open = true;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                // It is closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (!open) {
                refused.incrementAndGet();
                ByteArrayOutputStream error = new ByteArrayOutputStream();
                error.write(0xff);
                error.write(code);
                error.write(code >> 8);
                error.writeBytes(message.getBytes(StandardCharsets.UTF_8));
                client.getOutputStream().write(RogueMySql.packet(0, error.toByteArray()));
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                daemon(() -> copy(server, client));
                copy(client, server);
            }
        } catch (IOException e) {
            // One of them hung up.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.close();
        } catch (IOException e) {
            // One of them hung up.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "refusing MySQL");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
