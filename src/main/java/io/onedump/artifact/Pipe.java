package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A sink that holds a little in memory for one reader, for those who have no disk to spool on. */
final class Pipe extends InputStream implements Sink {

    private static final int BUFFERS = 8;
    private static final int BUFFER_SIZE = 256 * 1024;

    private final Ring ring = new Ring(BUFFERS, BUFFER_SIZE);
    private final RingReader reader = new RingReader(ring);
    private final Hasher hasher = new Hasher();
    private final CompletableFuture<Digest> digest = new CompletableFuture<>();
    private volatile boolean closed;

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
        hasher.update(bytes, offset, length);
        try {
            for (int done = 0; done < length;) {
                byte[] buffer = ring.take();
                int part = Math.min(buffer.length, length - done);
                System.arraycopy(bytes, offset + done, buffer, 0, part);
                ring.put(buffer, part);
                done += part;
            }
        } catch (IOException e) {
            // A new one each time: who closes after a failure suppresses the second, which must not be the first.
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void finish() throws IOException {
        digest.complete(hasher.digest());
        ring.end();
    }

    @Override
    public void fail(IOException cause) {
        digest.completeExceptionally(cause);
        ring.fail(new ProducerFailedException(cause.getMessage(), cause));
    }

    /** Blocks until the writer has ended. */
    Digest digest() throws IOException {
        try {
            return digest.get();
        } catch (ExecutionException e) {
            throw new ProducerFailedException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between a dumper and its storage");
        }
    }

    boolean isDone() {
        return digest.isDone() || closed;
    }

    @Override
    public int read() throws IOException {
        return BulkInputStream.single(this);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ring.check();
        return reader.read(bytes, offset, length);
    }

    /** A reader that leaves stops the writer: its next append fails. Whoever else still reads fails too. */
    @Override
    public void close() {
        closed = true;
        ring.fail(new IOException("the reader left before the end"));
    }
}
