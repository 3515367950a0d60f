package io.onedump.encrypt.age;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import javax.crypto.SecretKey;

import io.onedump.artifact.Threads;

/** Seals what it reads: its reader reads ahead, a few batches of chunks at a time, and other threads seal them. */
final class SealingInputStream extends ChunkedInputStream {

    private static final int CHUNKS = 8;
    private static final int AHEAD = 3;

    private final SecretKey key;
    private final InputStream plain;
    private final Threads.Pool threads;
    /** In their order, each until its end was seen: whoever closes has to find the one that is waited for. */
    private final Deque<Future<Batch>> sealing = new ConcurrentLinkedDeque<>();
    private final ArrayDeque<Batch> free = new ArrayDeque<>();
    private Batch taken;
    private long chunks;
    private int following = -2;
    private volatile boolean closed;

    SealingInputStream(byte[] header, SecretKey key, InputStream plain, Threads.Pool threads) {
        this.key = key;
        this.plain = plain;
        this.threads = threads;
        give(header, header.length);
    }

    /**
     * From any thread; its reader fails then, also when the threads were closed before it. They belong to who gave
     * them.
     */
    @Override
    public void close() throws IOException {
        closed = true;
        sealing.forEach(batch -> batch.cancel(false));
        plain.close();
    }

    @Override
    boolean next() throws IOException {
        if (taken != null) {
            free.push(taken);
            taken = null;
        }
        while (sealing.size() < AHEAD && following != -1) {
            sealing.add(begin(free.isEmpty() ? new Batch() : free.pop()));
        }
        if (closed) {
            throw new IOException("sealing was stopped before its end");
        }
        Future<Batch> first = sealing.peek();
        if (first == null) {
            return false;
        }
        taken = result(first);
        sealing.poll();
        give(taken.sealed, taken.sealedLength);
        return true;
    }

    private Future<Batch> begin(Batch batch) throws IOException {
        int length = 0;
        if (following >= 0) {
            batch.bytes[length++] = (byte) following;
        }
        length += plain.readNBytes(batch.bytes, length, batch.bytes.length - length);
        // Which chunk is the last has to be known before it is sealed.
        following = length < batch.bytes.length ? -1 : plain.read();
        boolean last = following < 0;
        long number = chunks;
        int read = length;
        chunks += CHUNKS;
        return threads.submit(() -> batch.seal(number, read, last));
    }

    private static Batch result(Future<Batch> batch) throws IOException {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sealing");
        } catch (CancellationException e) {
            throw new IOException("sealing was stopped before its end", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot seal: " + e.getCause(), e.getCause());
        }
    }

    /** Some chunks that follow one another, sealed by one thread. */
    private final class Batch {

        private final byte[] bytes = new byte[CHUNKS * Chunks.PLAIN];
        private final byte[] sealed = new byte[CHUNKS * Chunks.SEALED];
        private final ChunkCipher cipher = new ChunkCipher(key);
        private int sealedLength;

        Batch seal(long first, int length, boolean last) {
            sealedLength = 0;
            int offset = 0;
            long number = first;
            // Of nothing at all there is one chunk.
            do {
                int part = Math.min(Chunks.PLAIN, length - offset);
                boolean end = last && offset + part == length;
                sealedLength += cipher.seal(number++, end, bytes, offset, part, sealed, sealedLength);
                offset += part;
            } while (offset < length);
            return this;
        }
    }
}
