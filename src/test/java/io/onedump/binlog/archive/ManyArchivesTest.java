package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.BinlogRecording;
import io.onedump.servers.ReplayedMySql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process follows many servers at once. {@code bench/capacity} does so with hundreds, and measures. */
@Timeout(120)
class ManyArchivesTest {

    private static final int COUNT = 20;

    @TempDir
    private Path root;

    private final BinlogRecording recording = BinlogRecording.of(MadeEvents.closedFile());
    private final List<ReplayedMySql> servers = new ArrayList<>();
    private final List<FolderStore> stores = new ArrayList<>();
    private final List<Archiver> archivers = new ArrayList<>();
    private final List<BackgroundTask> tasks = new ArrayList<>();

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (int i = 0; i < archivers.size(); i++) {
            archivers.get(i).close();
            tasks.get(i).join();
        }
        for (ReplayedMySql server : servers) {
            server.close();
        }
    }

    @Test
    void eachHasTheBytesOfItsServer() throws Exception {
        follow();
        servers.forEach(ReplayedMySql::goOn);
        await().until(() -> servers.stream().allMatch(server -> server.written() > 3L * recording.events()));
        servers.forEach(ReplayedMySql::stopWriting);
        for (int i = 0; i < COUNT; i++) {
            int number = i;
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                            Arrays.deepEquals(archived(number).toArray(), servers.get(number).files().toArray()))
                            .isTrue());
        }
    }

    @Test
    void twoThreadsEachAreEnough() throws Exception {
        long before = threads();
        follow();
        await().until(() -> servers.stream().allMatch(server -> server.questions() > 10));

        assertThat(threads() - before).as("one reads, one stores, and one watches the answers of all")
                .isLessThanOrEqualTo(2 * COUNT + 1);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("onedump ")).count();
    }

    private void follow() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            ReplayedMySql server = ReplayedMySql.start(recording, i + 1, 2 + i, 10);
            server.stopWriting();
            servers.add(server);
            stores.add(new FolderStore(root.resolve("kept" + i)));
        }
        for (int i = 0; i < COUNT; i++) {
            StreamSettings source =
                    new StreamSettings(MySqlSettings.of("127.0.0.1", servers.get(i).port(), "archiver", ""), 4711,
                            "11111111-2222-3333-4444-555555555555", Duration.ofSeconds(5), false);
            UploadSettings upload = new UploadSettings(Compression.ZSTD, null, Duration.ofMillis(200), 16 << 20, 5);
            archivers.add(new Archiver(Threads.daemons(), new ArchiveSettings(source, root.resolve("staging" + i),
                    upload, Duration.ofSeconds(1), null, null), stores.get(i), Clock.systemUTC(), new Random(i),
                    file -> {
                    }));
            tasks.add(Threads.daemons().start("follow", archivers.get(i)::follow));
        }
    }

    private List<byte[]> archived(int number) throws IOException {
        Archive archive = new Archive(stores.get(number));
        List<byte[]> files = new ArrayList<>();
        for (BinlogName name : archive.files(1)) {
            try (InputStream in = archive.open(1, archive.manifest(1, name).orElseThrow())) {
                files.add(in.readAllBytes());
            }
        }
        return files;
    }
}
