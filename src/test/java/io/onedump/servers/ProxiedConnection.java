package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection through a {@link TcpProxy}. */
final class ProxiedConnection {

    private static final int CHUNK = 16 * 1024;
    /** 4 MB on the way at most, so that latency does not limit throughput more than TCP itself would. */
    private static final int CHUNKS = 256;

    private final Socket client;
    private final Socket server;
    private final Consumer<ProxiedConnection> whenClosed;
    private final List<Thread> threads;
    private final AtomicInteger openWays = new AtomicInteger(2);

    private enum Then {
        GO_ON, END, RESET
    }

    private record Chunk(byte[] bytes, long due, Then then) {
    }

    ProxiedConnection(Socket client, Socket server, ProxyDirection upload, ProxyDirection download,
            Consumer<ProxiedConnection> whenClosed) throws IOException {
        this.client = client;
        this.server = server;
        this.whenClosed = whenClosed;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        // A reader and a writer for each way: delayed bytes must not keep the next ones from being read.
        BlockingQueue<Chunk> up = new ArrayBlockingQueue<>(CHUNKS);
        BlockingQueue<Chunk> down = new ArrayBlockingQueue<>(CHUNKS);
        threads = List.of(
                daemon("proxy upload writer", () -> orReset(() -> write(upload, up, server))),
                daemon("proxy download writer", () -> orReset(() -> write(download, down, client))),
                daemon("proxy upload reader", () -> orReset(() -> read(upload, client, up))),
                daemon("proxy download reader", () -> orReset(() -> read(download, server, down))));
    }

    /** The writers first, so that a reader that fails at once finds them to be stopped. */
    void start() {
        threads.forEach(Thread::start);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @FunctionalInterface
    private interface Transfer {
        void run() throws IOException, InterruptedException;
    }

    private void orReset(Transfer transfer) {
        try {
            transfer.run();
        } catch (IOException | InterruptedException e) {
            reset();
        }
    }

    private static void read(ProxyDirection way, Socket from, BlockingQueue<Chunk> chunks)
            throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[CHUNK];
        Then then = Then.GO_ON;
        while (then == Then.GO_ON) {
            int count = in.read(buffer);
            int admitted = count < 0 ? 0 : way.admit(count);
            then = count < 0 ? Then.END : admitted < count ? Then.RESET : Then.GO_ON;
            chunks.put(new Chunk(Arrays.copyOf(buffer, admitted), System.nanoTime() + way.latencyNanos(), then));
        }
    }

    private void write(ProxyDirection way, BlockingQueue<Chunk> chunks, Socket to)
            throws IOException, InterruptedException {
        long lineFree = System.nanoTime();
        Chunk chunk;
        do {
            chunk = chunks.take();
            way.awaitFlow();
            long send = Math.max(chunk.due(), lineFree);
            TimeUnit.NANOSECONDS.sleep(send - System.nanoTime());
            to.getOutputStream().write(chunk.bytes());
            lineFree = send + way.nanosFor(chunk.bytes().length);
        } while (chunk.then() == Then.GO_ON);
        if (chunk.then() == Then.RESET) {
            reset();
        } else {
            to.shutdownOutput();
            if (openWays.decrementAndGet() == 0) {
                close();
            }
        }
    }

    /** Closes both sides the hard way: the peers see "connection reset". */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already: there is nobody left to tell.
        }
        close();
    }

    private void close() {
        try {
            client.close();
            server.close();
        } catch (IOException e) {
            // Both are of no more use.
        }
        threads.forEach(Thread::interrupt);
        whenClosed.accept(this);
    }
}
