package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamedArtifactTest {

    private final List<FakeSource> started = new ArrayList<>();

    @Test
    void givesTheFirstReaderWhatWasStartedAtOnce() throws IOException {
        try (StreamedArtifact artifact = artifact("dump ")) {
            assertThat(started).hasSize(1);
            assertThat(artifact.open().readAllBytes()).asString().isEqualTo("dump 1");
            assertThat(artifact.digest().size()).isEqualTo(6);
            assertThat(started).hasSize(1);
            assertThat(artifact.repeatable()).isFalse();
        }
    }

    @Test
    void startsItsProducerAgainForEveryFurtherReader() throws IOException {
        try (StreamedArtifact artifact = artifact("dump ")) {
            artifact.open().readAllBytes();

            assertThat(artifact.open().readAllBytes()).asString().isEqualTo("dump 2");
        }
    }

    @Test
    void startsItsProducerAgainForAReaderThatGaveUp() throws IOException {
        try (StreamedArtifact artifact = endless()) {
            try (InputStream in = artifact.open()) {
                in.read();
            }
            await().until(() -> started.get(0).isClosed());

            assertThat(artifact.open().read()).isEqualTo('x');
            assertThat(started).hasSize(2);
        }
    }

    @Test
    void refusesTwoReadersAtOnce() throws IOException {
        try (StreamedArtifact artifact = endless()) {
            artifact.open();

            assertThatThrownBy(artifact::open).hasMessageContaining("big.sql is being read already")
                    .hasMessageContaining("set spool to true");
        }
    }

    @Test
    void stopsItsProducerWhenItsReaderLeavesEarly() throws IOException {
        try (StreamedArtifact artifact = endless()) {
            artifact.open().close();

            await().until(() -> started.get(0).isClosed());
            assertThatThrownBy(artifact::digest).isInstanceOf(ProducerFailedException.class)
                    .hasMessageContaining("the reader left");
        }
    }

    @Test
    void failsItsReaderWhenTheProducerFails() throws IOException {
        Source.Factory dying = () -> new FakeSource(new ByteArrayInputStream(new byte[100]), () -> {
            throw new IOException("exit code 2");
        });
        try (StreamedArtifact artifact =
                new StreamedArtifact(Threads.daemons(), "big.sql", dying, Compression.NONE, null)) {
            InputStream in = artifact.open();

            assertThatThrownBy(in::readAllBytes).isInstanceOf(ProducerFailedException.class).hasMessage("exit code 2");
        }
    }

    @Test
    void failsAReaderThatWaitsWhenItIsClosed() throws Exception {
        BlockedStream silent = new BlockedStream();
        StreamedArtifact artifact =
                new StreamedArtifact(Threads.daemons(), "big.sql", () -> FakeSource.of(silent), Compression.NONE, null);
        InputStream in = artifact.open();
        FutureTask<byte[]> waiting = new FutureTask<>(in::readAllBytes);
        Thread thread = new Thread(waiting);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.WAITING);

        artifact.close();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(IOException.class);
    }

    private StreamedArtifact artifact(String text) throws IOException {
        return new StreamedArtifact(Threads.daemons(), "big.sql", () -> {
            byte[] bytes = (text + (started.size() + 1)).getBytes(StandardCharsets.UTF_8);
            return remember(FakeSource.of(new ByteArrayInputStream(bytes)));
        }, Compression.NONE, null);
    }

    private StreamedArtifact endless() throws IOException {
        return new StreamedArtifact(Threads.daemons(), "big.sql", () -> remember(FakeSource.endless()),
                Compression.NONE, null);
    }

    private FakeSource remember(FakeSource source) {
        started.add(source);
        return source;
    }

    /** Gives one byte and then nothing until it is closed. */
    private static final class BlockedStream extends InputStream {

        private boolean given;
        private boolean closed;

        @Override
        public synchronized int read() throws IOException {
            if (!given) {
                given = true;
                return 'x';
            }
            while (!closed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = read();
            if (read >= 0) {
                bytes[offset] = (byte) read;
            }
            return read < 0 ? -1 : 1;
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
        }
    }
}
