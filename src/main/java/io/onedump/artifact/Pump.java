package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Moves a {@link Source} through compression into a {@link Sink}, with one thread that reads and one that compresses,
 * so that the producer's pipe (64 KiB on Linux) never waits for the compressor.
 */
final class Pump {

    /** What one read from a pipe can give at the most; a larger request only costs the JVM a larger copy buffer. */
    private static final int READ_SIZE = 64 * 1024;

    private static final int BUFFERS = 16;
    private static final int BUFFER_SIZE = 512 * 1024;

    private final String name;
    private final Source source;
    private final Compression compression;
    private final Integer level;
    private final Sink sink;
    private final Threads threads;
    private final Ring ring = new Ring(BUFFERS, BUFFER_SIZE);
    private final CompletableFuture<Void> firstBytes = new CompletableFuture<>();

    Pump(Threads threads, String name, Source source, Compression compression, Integer level, Sink sink) {
        this.threads = threads;
        this.name = name;
        this.source = source;
        this.compression = compression;
        this.level = level;
        this.sink = sink;
    }

    void start() {
        source.onAbandoned(this::giveUp);
        threads.start("read " + name, this::read);
        threads.start("write " + name, this::write);
    }

    /** Blocks until the source has given its first byte; throws what the source threw when it never did. */
    void awaitFirstBytes() throws IOException {
        try {
            firstBytes.get();
        } catch (ExecutionException e) {
            throw asIOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort();
            throw new IOException("interrupted while waiting for the first bytes of " + name, e);
        }
    }

    /** Stops the source; the sink then fails, and with it every reader. */
    void abort() {
        ring.fail(new ProducerFailedException(name + " was stopped before its end"));
        source.close();
    }

    private void giveUp(IOException cause) {
        firstBytes.completeExceptionally(cause);
        ring.fail(cause);
    }

    private void read() {
        try (source) {
            // Before anything is started that would fail for that, and say so in words of its own.
            compression.requireLibrary();
            InputStream in = source.stream();
            byte[] buffer = ring.take();
            int filled = 0;
            while (true) {
                int read = in.read(buffer, filled, Math.min(READ_SIZE, buffer.length - filled));
                if (read < 0) {
                    break;
                }
                filled += read;
                if (filled == buffer.length || ring.isIdle()) {
                    ring.put(buffer, filled);
                    firstBytes.complete(null);
                    buffer = ring.take();
                    filled = 0;
                }
            }
            source.complete();
            // Before anybody sees the end: no password file outlives the step that needed it.
            source.close();
            ring.put(buffer, filled);
            ring.end();
            firstBytes.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            giveUp(asIOException(e));
        }
    }

    private void write() {
        try {
            try (OutputStream out = compression.compress(new SinkOutputStream(sink), level)) {
                Ring.Chunk chunk;
                while ((chunk = ring.next()) != null) {
                    out.write(chunk.bytes(), 0, chunk.length());
                    ring.recycle(chunk);
                }
            }
            sink.finish();
        } catch (IOException | RuntimeException | Error e) {
            IOException cause = asIOException(e);
            sink.fail(cause);
            ring.fail(cause);
            source.close();
        }
    }

    /** Also of errors: without memory or a native library for the compression, readers would wait for ever. */
    private static IOException asIOException(Throwable e) {
        if (e instanceof IOException io) {
            return io;
        }
        return new ProducerFailedException(e instanceof Error || e.getMessage() == null ? e.toString() : e.getMessage(),
                e instanceof CompletionException ? e.getCause() : e);
    }
}
