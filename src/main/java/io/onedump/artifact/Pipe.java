package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A sink that holds a little in memory for one reader, for those who have no disk to spool on. */
final class Pipe extends InputStream implements Sink {

    private static final byte[] END = new byte[0];
    private static final int CHUNKS = 8;

    private final ArrayBlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private final Hasher hasher = new Hasher();
    private final CompletableFuture<Digest> digest = new CompletableFuture<>();
    private volatile IOException failure;
    private volatile boolean closed;
    private byte[] current = END;
    private int position;

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
        hasher.update(bytes, offset, length);
        put(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void finish() throws IOException {
        digest.complete(hasher.digest());
        put(END);
    }

    @Override
    public void fail(IOException cause) {
        failure = cause;
        digest.completeExceptionally(cause);
        chunks.clear();
        chunks.offer(END);
    }

    /** Blocks until the writer has ended. */
    Digest digest() throws IOException {
        try {
            return digest.get();
        } catch (ExecutionException e) {
            throw new ProducerFailedException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    boolean isDone() {
        return digest.isDone() || closed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == current.length) {
            current = next();
            position = 0;
        }
        if (failure != null) {
            throw new ProducerFailedException(failure.getMessage(), failure);
        }
        if (closed) {
            throw new IOException("closed while it was read");
        }
        if (current == END) {
            chunks.offer(END);
            return -1;
        }
        int read = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, read);
        position += read;
        return read;
    }

    /** A reader that leaves stops the writer: its next append fails. Whoever else still reads fails too. */
    @Override
    public void close() {
        closed = true;
        chunks.clear();
        chunks.offer(END);
    }

    private byte[] next() throws IOException {
        try {
            return chunks.take();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void put(byte[] chunk) throws IOException {
        try {
            if (closed) {
                throw new IOException("the reader left before the end");
            }
            chunks.put(chunk);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted between a dumper and its storage");
    }
}
