package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes connections, says what it was told to, and is silent from then on. */
public final class SilentServer implements AutoCloseable {

    private final ServerSocket listener;
    private final byte[] words;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();

    private SilentServer(String words) {
        this.words = words.getBytes(StandardCharsets.ISO_8859_1);
        try {
            listener = new ServerSocket(0, 128, InetAddress.getByName(Loopback.HOST));
            listener.setReceiveBufferSize(16 * 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        workers.execute(this::accept);
    }

    /** @param words said after the head of each request, of whose body nothing is read */
    public static SilentServer saying(String words) {
        return new SilentServer(words);
    }

    /** @param scheme {@code https} where not even the handshake is answered */
    public URI endpoint(String scheme) {
        return URI.create(scheme + "://" + Loopback.HOST + ":" + listener.getLocalPort());
    }

    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                workers.execute(() -> speak(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void speak(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            int last = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                last = last << 8 | next;
                if (last == 0x0d0a0d0a) {
                    socket.getOutputStream().write(words);
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        workers.shutdownNow();
    }
}
