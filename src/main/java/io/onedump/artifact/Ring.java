package io.onedump.artifact;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A few reusable buffers between one thread that fills and one that empties them. Buffers are made when they are first
 * needed, so a consumer that keeps up costs one or two.
 */
final class Ring {

    record Chunk(byte[] bytes, int length) {
    }

    private final int buffers;
    private final int bufferSize;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private final ArrayDeque<Chunk> full = new ArrayDeque<>();
    private int made;
    private boolean ended;
    private IOException failure;

    Ring(int buffers, int bufferSize) {
        this.buffers = buffers;
        this.bufferSize = bufferSize;
    }

    /** An empty buffer, as soon as there is one. */
    byte[] take() throws IOException {
        lock.lock();
        try {
            while (failure == null && free.isEmpty() && made == buffers) {
                await();
            }
            check();
            if (free.isEmpty()) {
                made++;
                return new byte[bufferSize];
            }
            return free.pop();
        } finally {
            lock.unlock();
        }
    }

    void put(byte[] bytes, int length) throws IOException {
        change(() -> full.add(new Chunk(bytes, length)));
        check();
    }

    void recycle(Chunk chunk) {
        change(() -> free.push(chunk.bytes()));
    }

    /** Whether the consumer has nothing to do. */
    boolean isIdle() {
        lock.lock();
        try {
            return full.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The next filled buffer, or null after the last. */
    Chunk next() throws IOException {
        lock.lock();
        try {
            while (failure == null && full.isEmpty() && !ended) {
                await();
            }
            check();
            return full.poll();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        change(() -> ended = true);
    }

    /** Wakes and fails both sides; the first failure stays. */
    void fail(IOException cause) {
        change(() -> failure = failure == null ? cause : failure);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Fails when either side has failed. */
    void check() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    private void await() throws IOException {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between a producer and its reader");
        }
    }
}
