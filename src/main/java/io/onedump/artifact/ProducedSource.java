package io.onedump.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Bytes that code of ours writes, in a thread of its own, while they are read. */
public final class ProducedSource implements Source {

    /** What writes the bytes. Closing it, from any thread, makes a writing that is under way fail soon. */
    public interface Producer extends Closeable {

        /** Writes all bytes; returns only when they are whole. */
        void writeTo(OutputStream out) throws IOException;

        /** What is known of them, complete once they are written. */
        Map<String, String> attributes();

        @Override
        void close();
    }

    private static final int BUFFERS = 8;
    private static final int BUFFER_SIZE = 512 * 1024;

    private final Producer producer;
    private final Ring ring = new Ring(BUFFERS, BUFFER_SIZE);
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final InputStream stream = new RingInput();

    private ProducedSource(Producer producer) {
        this.producer = producer;
    }

    public static ProducedSource start(Threads threads, String name, Producer producer) {
        ProducedSource source = new ProducedSource(producer);
        threads.start(name, source::produce);
        return source;
    }

    private void produce() {
        try (producer) {
            RingOutput out = new RingOutput();
            producer.writeTo(out);
            out.pass();
            end.complete(null);
            ring.end();
        } catch (IOException | RuntimeException | Error e) {
            end.completeExceptionally(e);
            ring.fail(e instanceof IOException io ? io : new ProducerFailedException(e.toString(), e));
        }
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public void complete() throws IOException {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new ProducerFailedException(e.getCause().toString(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the end of what is produced", e);
        }
    }

    @Override
    public Map<String, String> attributes() {
        return producer.attributes();
    }

    @Override
    public void close() {
        producer.close();
        if (!end.isDone()) {
            ring.fail(new ProducerFailedException("it was stopped before its end"));
        }
    }

    private final class RingOutput extends OutputStream {

        private byte[] buffer;
        private int filled;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length;) {
                if (buffer == null) {
                    buffer = ring.take();
                    filled = 0;
                }
                int part = Math.min(buffer.length - filled, length - done);
                System.arraycopy(bytes, offset + done, buffer, filled, part);
                filled += part;
                done += part;
                if (filled == buffer.length) {
                    pass();
                }
            }
            if (ring.isIdle()) {
                pass();
            }
        }

        void pass() throws IOException {
            if (buffer != null) {
                ring.put(buffer, filled);
                buffer = null;
            }
        }
    }

    private final class RingInput extends InputStream {

        private final RingReader reader = new RingReader(ring);

        @Override
        public int read() throws IOException {
            return BulkInputStream.single(this);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return reader.read(bytes, offset, length);
        }
    }
}
