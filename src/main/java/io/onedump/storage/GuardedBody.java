package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.Threads;

/**
 * What a client sends, watched for whether the server takes it. A thread that writes to a connection waits for as long
 * as nobody reads, and no client of a cloud has a limit for that; so it is one that can be left behind.
 */
public final class GuardedBody extends BulkInputStream {

    private final long length;
    private long sent;
    private long moved = System.nanoTime();
    private boolean reading;
    private boolean givenUp;

    private GuardedBody(InputStream in, long length) {
        super(in);
        this.length = length;
    }

    /** A request with a body; it may be left behind while it waits. */
    public interface Request<T> {
        T send(InputStream body) throws Exception;
    }

    /**
     * Sends a request.
     *
     * @param  length                 of the body
     * @param  patience               how long the server may take nothing
     * @throws SocketTimeoutException when it took nothing for longer
     * @throws ExecutionException     with what the request threw
     */
    public static <T> T send(Threads threads, InputStream in, long length, Duration patience, Request<T> request)
            throws IOException, ExecutionException {
        GuardedBody body = new GuardedBody(in, length);
        CompletableFuture<T> result = threads.call("upload", () -> request.send(body));
        long pause = Math.max(10, Math.min(1000, patience.toMillis() / 4));
        try {
            while (true) {
                try {
                    return result.get(pause, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    body.check(patience);
                }
            }
        } catch (InterruptedException e) {
            body.giveUp();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending");
        }
    }

    private synchronized void check(Duration patience) throws SocketTimeoutException {
        // When all has gone, the client itself waits for the answer, and it should be the first to give up.
        long most = sent < length ? patience.toNanos() : 2 * patience.toNanos();
        if (!reading && System.nanoTime() - moved > most) {
            giveUp();
            throw new SocketTimeoutException("it has taken nothing for " + patience.toMillis() + " ms");
        }
    }

    private synchronized void giveUp() {
        givenUp = true;
        InputStream left = in;
        in = InputStream.nullInputStream();
        try {
            left.close();
        } catch (IOException e) {
            // It was only read from.
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int size) throws IOException {
        InputStream from = begin();
        int read = 0;
        try {
            read = from.read(bytes, offset, size);
            return read;
        } finally {
            end(Math.max(0, read));
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private synchronized InputStream begin() throws IOException {
        if (givenUp) {
            throw new IOException("given up");
        }
        reading = true;
        return in;
    }

    private synchronized void end(int read) {
        reading = false;
        sent += read;
        moved = System.nanoTime();
    }
}
