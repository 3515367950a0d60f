package io.onedump.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An artifact in a file of the work folder that is read while it is written. One writer appends and ends with
 * {@link #finish()} or {@link #fail(IOException)}; every reader follows at its own pace. Closing deletes the file.
 *
 * <p>The file is scratch, so it is never synced to disk: after a crash of the machine the run starts again.
 */
public final class Spool implements Artifact, Sink, Closeable {

    private enum State {
        WRITING, FINISHED, FAILED, CLOSED
    }

    private final String name;
    private final Path file;
    private final RandomAccessFile out;
    private final Hasher hasher = new Hasher();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();

    private volatile Runnable stopWriter = () -> {
    };
    private volatile State state = State.WRITING;
    private volatile long available;
    private volatile Source source;
    private Digest digest;
    private IOException failure;

    /** @param file a file that does not exist yet, in a folder that does */
    public Spool(String name, Path file) throws IOException {
        this.name = name;
        this.file = file;
        this.out = new RandomAccessFile(Files.createFile(file, PrivateFolder.ownFile()).toFile(), "rw");
    }

    @Override
    public String name() {
        return name;
    }

    /** The file itself: whole only after {@link #digest()} has returned. */
    public Path file() {
        return file;
    }

    /** Whose attributes are this artifact's. */
    void describedBy(Source source) {
        this.source = source;
    }

    @Override
    public Map<String, String> attributes() {
        return source == null ? Map.of() : source.attributes();
    }

    @Override
    public Artifact original() {
        Artifact origin = source == null ? null : source.origin();
        return origin == null ? this : origin;
    }

    /** What {@link #close()} does to a writer that is still at work. */
    void onClose(Runnable stopWriter) {
        this.stopWriter = stopWriter;
    }

    /** Whether its writer has come to a good end. */
    public boolean isWhole() {
        return state == State.FINISHED;
    }

    /** Bytes written so far. */
    public long available() {
        return available;
    }

    /** Appends bytes and wakes the readers that wait for them. Called by the one writer only. */
    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new ProducerFailedException("work folder " + file.getParent() + ": cannot write " + name + ": "
                    + e.getMessage() + "; free space there or set " + WorkFolder.PROPERTY + " to another folder", e);
        }
        hasher.update(bytes, offset, length);
        lock.lock();
        try {
            available += length;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The end of the writer is the end of every reader. */
    @Override
    public void finish() throws IOException {
        out.close();
        end(State.FINISHED, hasher.digest(), null);
    }

    /** Fails every reader, those that come later too. A spool that has already ended stays as it is. */
    @Override
    public void fail(IOException cause) {
        closeQuietly();
        end(State.FAILED, null, cause);
    }

    @Override
    public InputStream open() throws IOException {
        return open(0);
    }

    @Override
    public InputStream open(long offset) throws IOException {
        checkUsable();
        return new SpoolInputStream(this, offset);
    }

    @Override
    public long awaitBytes(long bytes) throws IOException {
        if (available < bytes && state == State.WRITING) {
            awaitProgress(bytes);
        }
        checkUsable();
        return Math.min(bytes, available);
    }

    @Override
    public Digest digest() throws IOException {
        if (state == State.WRITING) {
            awaitProgress(Long.MAX_VALUE);
        }
        checkUsable();
        return digest;
    }

    /** Stops the writer and deletes the file. Readers that are still at work fail. */
    @Override
    public void close() throws IOException {
        stopWriter.run();
        closeQuietly();
        lock.lock();
        try {
            state = State.CLOSED;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        Files.deleteIfExists(file);
    }

    @Override
    public String toString() {
        return "Spool[" + name + ", " + available + " bytes, " + state + "]";
    }

    private void end(State end, Digest digest, IOException failure) {
        lock.lock();
        try {
            if (state == State.WRITING) {
                this.digest = digest;
                this.failure = failure;
                state = end;
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitProgress(long bytes) throws IOException {
        try {
            lock.lockInterruptibly();
            try {
                while (available < bytes && state == State.WRITING) {
                    progress.await();
                }
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + name);
        }
    }

    private void checkUsable() throws IOException {
        if (state == State.FAILED) {
            throw new ProducerFailedException(failure.getMessage(), failure);
        }
        if (state == State.CLOSED) {
            throw new IOException(name + " is gone: its run has ended");
        }
    }

    private void closeQuietly() {
        try {
            out.close();
        } catch (IOException e) {
            // The bytes are of no use any more; the file is deleted next.
        }
    }
}
