package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpoolTest {

    @TempDir
    private Path folder;

    private Spool spool;

    @BeforeEach
    void make() throws IOException {
        spool = new Spool("shop.sql", folder.resolve("1-shop.sql"));
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    void isReadWhileItIsWritten() throws Exception {
        write("first");
        InputStream in = spool.open();
        assertThat(in.readNBytes(5)).asString().isEqualTo("first");

        Blocked<byte[]> rest = new Blocked<>(in::readAllBytes);
        write(", second");
        spool.finish();

        assertThat(rest.get()).asString().isEqualTo(", second");
    }

    @Test
    void givesEveryReaderTheSameBytesAtItsOwnPace() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        List<FutureTask<byte[]>> readers = new ArrayList<>();
        for (int chunk : List.of(7, 4096, 1_000_000)) {
            readers.add(started(() -> read(spool.open(), chunk)));
        }
        for (int offset = 0; offset < bytes.length; offset += 50_000) {
            spool.append(bytes, offset, 50_000);
        }
        readers.add(started(() -> read(spool.open(), 100_000)));
        spool.finish();

        for (FutureTask<byte[]> reader : readers) {
            assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(bytes);
        }
    }

    @Test
    void isReadFromTheStartByWhoeverComesAfterTheEnd() throws IOException {
        write("all of it");
        spool.finish();

        assertThat(spool.open().readAllBytes()).asString().isEqualTo("all of it");
        assertThat(spool.open().readAllBytes()).asString().isEqualTo("all of it");
    }

    @Test
    void failsAReaderThatWaitsWhenTheWriterFails() throws Exception {
        write("half");
        InputStream in = spool.open();
        in.readNBytes(4);
        Blocked<Integer> waiting = new Blocked<>(in::read);

        spool.fail(new IOException("the dumper died"));

        assertThatThrownBy(waiting::get).cause().isInstanceOf(ProducerFailedException.class)
                .hasMessage("the dumper died");
    }

    /** Bytes that came before the failure are of no use: a reader that lags must not store them as if they were. */
    @Test
    void failsReadersThatLagOrComeLate() throws IOException {
        write("half");
        InputStream lagging = spool.open();
        spool.fail(new IOException("the dumper died"));

        assertThatThrownBy(lagging::read).isInstanceOf(ProducerFailedException.class).hasMessage("the dumper died");
        assertThatThrownBy(spool::open).isInstanceOf(ProducerFailedException.class);
        assertThatThrownBy(spool::digest).isInstanceOf(ProducerFailedException.class);
        assertThatThrownBy(() -> spool.awaitBytes(1)).isInstanceOf(ProducerFailedException.class);
    }

    @Test
    void staysWholeWhenAFailureComesAfterTheEnd() throws IOException {
        write("whole");
        spool.finish();
        spool.fail(new IOException("too late"));

        assertThat(spool.open().readAllBytes()).asString().isEqualTo("whole");
    }

    @Test
    void deletesItsFileAndFailsItsReadersWhenItIsClosed() throws Exception {
        write("half");
        InputStream in = spool.open();
        in.readNBytes(4);
        Blocked<Integer> waiting = new Blocked<>(in::read);

        spool.close();

        assertThatThrownBy(waiting::get).cause().isInstanceOf(IOException.class).hasMessageContaining("shop.sql is"
                + " gone");
        assertThatThrownBy(spool::open).hasMessageContaining("shop.sql is gone");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void stopsItsWriterWhenItIsClosed() throws IOException {
        List<String> stops = new ArrayList<>();
        spool.onClose(() -> stops.add("stopped"));

        spool.close();

        assertThat(stops).containsExactly("stopped");
    }

    @Test
    void waitsForTheEndBeforeItTellsTheDigest() throws Exception {
        write("ab");
        Blocked<Digest> digest = new Blocked<>(spool::digest);
        write("c");
        spool.finish();

        assertThat(digest.get()).isEqualTo(new Digest(3,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 0x352441c2L));
    }

    @Test
    void opensAtAnOffsetThatIsNotWrittenYet() throws Exception {
        write("0123");
        Blocked<byte[]> tail = new Blocked<>(() -> spool.open(6).readAllBytes());
        write("456789");
        spool.finish();

        assertThat(tail.get()).asString().isEqualTo("6789");
        assertThat(spool.open(10).read()).isEqualTo(-1);
    }

    @Test
    void waitsForAsManyBytesAsAreAskedFor() throws Exception {
        write("01");
        assertThat(spool.awaitBytes(2)).isEqualTo(2);

        Blocked<Long> more = new Blocked<>(() -> spool.awaitBytes(5));
        write("234567");
        assertThat(more.get()).isEqualTo(5);

        Blocked<Long> tooMany = new Blocked<>(() -> spool.awaitBytes(100));
        spool.finish();
        assertThat(tooMany.get()).isEqualTo(8);
    }

    @Test
    void skipsNoFurtherThanItsEnd() throws IOException {
        write("0123");
        spool.finish();
        InputStream in = spool.open();

        assertThat(in.skip(3)).isEqualTo(3);
        assertThat(in.available()).isEqualTo(1);
        assertThat(in.read()).isEqualTo('3');
        assertThat(in.skip(5)).isZero();
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void letsAnInterruptedReaderGo() throws Exception {
        Blocked<Integer> waiting = new Blocked<>(() -> spool.open().read());

        waiting.thread.interrupt();

        assertThatThrownBy(waiting::get).cause().isInstanceOf(InterruptedIOException.class);
        write("x");
        assertThat(spool.open().read()).isEqualTo('x');
    }

    @Test
    void keepsItsBytesUnderAnotherName() throws IOException {
        write("01234");
        spool.finish();
        Artifact renamed = spool.named("other.sql");

        assertThat(renamed.name()).isEqualTo("other.sql");
        assertThat(renamed.open(3).readAllBytes()).asString().isEqualTo("34");
        assertThat(renamed.digest()).isEqualTo(spool.digest());
        assertThat(spool.named("shop.sql")).isSameAs(spool);
    }

    private void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        spool.append(bytes, 0, bytes.length);
    }

    private static byte[] read(InputStream in, int chunk) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[chunk];
        int read;
        while ((read = in.read(buffer)) >= 0) {
            bytes.write(buffer, 0, read);
        }
        return bytes.toByteArray();
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }

    /** Work in a thread of its own that was seen to wait. */
    private static final class Blocked<T> {

        private final FutureTask<T> task;
        private final Thread thread;

        Blocked(Callable<T> work) {
            task = new FutureTask<>(work);
            thread = new Thread(task);
            thread.start();
            await().until(() -> thread.getState() == Thread.State.WAITING);
        }

        T get() throws Exception {
            return task.get(20, TimeUnit.SECONDS);
        }
    }
}
