package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PumpTest {

    private final Received sink = new Received();

    @Test
    void movesEveryByteThroughTheCompression() throws IOException {
        byte[] bytes = new byte[5_000_000];
        new Random(1).nextBytes(bytes);

        pump(FakeSource.of(new ByteArrayInputStream(bytes)), Compression.GZIP, sink);

        await().until(() -> sink.finished);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(sink.bytes.toByteArray())).readAllBytes())
                .isEqualTo(bytes);
    }

    @Test
    void tellsOfTheFirstBytesWhileTheSourceGoesOn() throws IOException {
        PipedInputStream in = new PipedInputStream();
        try (PipedOutputStream out = new PipedOutputStream(in)) {
            out.write('x');
            pump(FakeSource.of(in), Compression.NONE, sink).awaitFirstBytes();
            assertThat(sink.finished).isFalse();
        }
        await().until(() -> sink.finished);
    }

    @Test
    void throwsWhatEndedTheSourceBeforeItsFirstByte() {
        IOException refused = new IOException("connection refused");
        FakeSource source = new FakeSource(InputStream.nullInputStream(), () -> {
            throw refused;
        });

        assertThatThrownBy(() -> pump(source, Compression.ZSTD, sink).awaitFirstBytes()).isSameAs(refused);

        await().until(() -> sink.failure == refused);
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void failsTheSinkWhenTheSourceSaysThatItsBytesAreNotWhole() {
        FakeSource source = new FakeSource(new ByteArrayInputStream(new byte[3_000_000]), () -> {
            throw new IOException("no trailer");
        });

        assertThatCode(() -> pump(source, Compression.ZSTD, sink).awaitFirstBytes()).doesNotThrowAnyException();

        await().until(() -> sink.failure != null);
        assertThat(sink.failure).hasMessage("no trailer");
        assertThat(sink.finished).isFalse();
    }

    @Test
    void stopsTheSourceWhenTheSinkIsFull() {
        FakeSource source = FakeSource.endless();
        sink.capacity = 1_000_000;

        pump(source, Compression.NONE, sink);

        await().until(source::isClosed);
        await().until(() -> sink.failure != null);
        assertThat(sink.failure).hasMessage("No space left on device");
    }

    /** Else its readers would wait for ever. */
    @Test
    void failsTheSinkWhenMemoryRunsOut() {
        FakeSource source = FakeSource.of(new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("Java heap space");
            }
        });

        assertThatThrownBy(() -> pump(source, Compression.NONE, sink).awaitFirstBytes())
                .hasMessageContaining("Java heap space");

        await().until(() -> sink.failure != null);
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void stopsTheSourceWhenTheCompressorCannotBeLoaded() {
        FakeSource source = FakeSource.endless();
        sink.broken = true;

        pump(source, Compression.NONE, sink);

        await().until(source::isClosed);
        await().until(() -> sink.failure != null);
        assertThat(sink.failure).hasMessageContaining("no compressor");
    }

    @Test
    void holdsNoMoreThanItsBuffersForASlowConsumer() throws InterruptedException {
        AtomicLong taken = new AtomicLong();
        CountDownLatch slow = new CountDownLatch(1);
        sink.before = slow;
        InputStream counted = new InputStream() {
            @Override
            public int read() {
                taken.incrementAndGet();
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                taken.addAndGet(length);
                return length;
            }
        };
        Pump pump = pump(FakeSource.of(counted), Compression.NONE, sink);
        AtomicLong before = new AtomicLong(-1);

        await().until(() -> taken.get() == before.getAndSet(taken.get()));

        // Sixteen buffers of 512 KiB, and what the consumer has in hand.
        assertThat(taken.get()).isLessThan(10_000_000);
        slow.countDown();
        await().until(() -> taken.get() > before.get());
        pump.abort();
        await().until(() -> sink.failure != null);
    }

    private static Pump pump(Source source, Compression compression, Sink sink) {
        Pump pump = new Pump(Threads.daemons(), "shop.sql", source, compression, null, sink);
        pump.start();
        return pump;
    }

    private static final class Received implements Sink {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int capacity = Integer.MAX_VALUE;
        private volatile boolean broken;
        private CountDownLatch before = new CountDownLatch(0);
        private volatile boolean finished;
        private volatile IOException failure;

        @Override
        public void append(byte[] part, int offset, int length) throws IOException {
            if (broken) {
                throw new UnsatisfiedLinkError("no compressor");
            }
            try {
                before.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (bytes.size() + length > capacity) {
                throw new IOException("No space left on device");
            }
            bytes.write(part, offset, length);
        }

        @Override
        public void finish() {
            finished = true;
        }

        @Override
        public void fail(IOException cause) {
            failure = cause;
        }
    }
}
