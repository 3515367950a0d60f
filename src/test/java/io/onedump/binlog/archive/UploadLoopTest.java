package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UploadLoopTest {

    @TempDir
    private Path root;

    private final AtomicInteger attempts = new AtomicInteger();

    /** Else the archiver would go on filling the disk, and nobody would upload. */
    @Test
    void goesOnAfterAnError() throws Exception {
        StagingFolder.create(root.resolve("staging"), 1, "server");
        UploadLoop loop = loop(this::progress);

        loop.start();

        await().untilAsserted(() -> {
            loop.wake();
            assertThat(attempts).hasValueGreaterThan(3);
        });
        await().untilAsserted(() -> assertThat(loop.trouble()).isNull());
        assertThat(loop.finish(1)).isEmpty();
    }

    /** Two hundred archives that looked four times a second would keep a core busy with looking. */
    @Test
    void leavesTheDiskAloneWhileThereIsNothingToStore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        UploadLoop loop = loop(() -> {
            asked.incrementAndGet();
            return null;
        });
        loop.start();
        await().until(() -> asked.get() > 1);
        Files.delete(root.resolve("staging"));

        int before = asked.get();
        await().until(() -> asked.get() > before + 4);

        assertThat(root.resolve("staging")).as("made by a look at it").doesNotExist();
        loop.wake();
        await().untilAsserted(() -> assertThat(root.resolve("staging")).exists());
        loop.finish(1);
    }

    @Test
    void storesWhatWaitsOfTheOpenFileUnasked() throws Exception {
        BinlogName file = new BinlogName("binlog", 7);
        StagingFolder folder = StagingFolder.create(root.resolve("staging"), 1, "server");
        AtomicReference<StagedProgress> progress = new AtomicReference<>();
        UploadLoop loop = loop(progress::get);
        loop.start();
        for (int size = 100; size <= 300; size += 100) {
            Files.write(folder.part(file), new byte[size]);
            progress.set(new StagedProgress(file, size, "f".repeat(64), "8.0.31", Instant.EPOCH, Instant.EPOCH));
            int stored = size;
            await().untilAsserted(() -> assertThat(loop.bytes()).isEqualTo(stored));
        }
        loop.finish(1);
    }

    private UploadLoop loop(Supplier<StagedProgress> progress) {
        UploadSettings settings = new UploadSettings(Compression.NONE, null, Duration.ofMillis(10), 1 << 20, 1);
        return new UploadLoop(Threads.daemons(),
                new Uploader(root.resolve("staging"), new Archive(new MemoryStore()), settings, file -> {
                }), progress, Backoff.endless(Duration.ofMillis(1), Duration.ofMillis(5)).pauses(new Random(1)));
    }

    private StagedProgress progress() {
        if (attempts.incrementAndGet() <= 2) {
            throw new OutOfMemoryError("Java heap space");
        }
        return null;
    }
}
