package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
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
        UploadSettings settings = new UploadSettings(Compression.NONE, null, Duration.ofMillis(10), 1 << 20, 1);
        UploadLoop loop = new UploadLoop(Threads.daemons(),
                new Uploader(root.resolve("staging"), new Archive(new MemoryStore()), settings, file -> {
                }), this::progress,
                Backoff.endless(Duration.ofMillis(1), Duration.ofMillis(5)).pauses(new Random(1)));

        loop.start();

        await().untilAsserted(() -> {
            loop.wake();
            assertThat(attempts).hasValueGreaterThan(3);
        });
        await().untilAsserted(() -> assertThat(loop.trouble()).isNull());
        assertThat(loop.finish(1)).isEmpty();
    }

    private StagedProgress progress() {
        if (attempts.incrementAndGet() <= 2) {
            throw new OutOfMemoryError("Java heap space");
        }
        return null;
    }
}
