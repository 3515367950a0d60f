package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Threads;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventType;
import io.onedump.servers.BinlogRecording;
import io.onedump.servers.ReplayedMySql;
import io.onedump.servers.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A spool folder whose disk is full. */
@Timeout(120)
class FullSpoolTest {

    private static final int MEGABYTES = 4;

    @TempDir
    private Path root;

    /** The disk fills while the storage is away; then that is back, and there is still no room to compress in. */
    @Test
    void drainsAsSoonAsTheStorageIsBackWithoutAnyGap() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(root.resolve("spool")), MEGABYTES);
                ArchivedServers servers = new ArchivedServers(root);
                ReplayedMySql server = ReplayedMySql.start(BinlogRecording.of(large()), 1, 60, 0)) {
            assumeThat(disk.isMounted()).isTrue();
            server.stopWriting();
            FolderStore store = new FolderStore(root.resolve("store"));
            store.fail((call, name) -> {
                if (call.equals("put") && name.contains("binlog")) {
                    throw new IOException("the storage is away");
                }
            });
            try (Archiver archiver = servers.archiver(server.port(), "spool", store)) {
                BackgroundTask following = Threads.daemons().start("follow", archiver::follow);
                await().atMost(Duration.ofSeconds(30)).untilAsserted(
                        () -> assertThat(archiver.trouble()).contains("spool folder", "is full"));
                fill(root.resolve("spool/filler"));
                // What was asked when the disk became full may still be on its way.
                AtomicLong questions = new AtomicLong();
                await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10))
                        .until(() -> questions.getAndSet(server.questions()) == server.questions());

                store.heal();

                await().atMost(Duration.ofSeconds(60)).ignoreExceptions()
                        .until(() -> Arrays.deepEquals(archived(store).toArray(), server.files().toArray()));
                await().until(() -> archiver.trouble() == null);
                assertThat(archiver.gaps()).isEmpty();
                assertThat(new Archive(store).newestTimeline()).hasValue(1);
                archiver.close();
                following.join();
            }
        }
    }

    /** Takes what little is left. */
    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static List<byte[]> archived(FolderStore store) throws IOException {
        Archive archive = new Archive(store);
        List<byte[]> files = new ArrayList<>();
        for (BinlogName name : archive.files(1)) {
            try (InputStream in = archive.open(1, archive.manifest(1, name).orElseThrow())) {
                files.add(in.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] large() {
        byte[] file = MadeEvents.concat(MadeEvents.magic(), MadeEvents.format(4));
        for (int i = 0; i < 4; i++) {
            byte[] body = new byte[150_000];
            new Random(i).nextBytes(body);
            file = MadeEvents.concat(file, MadeEvents.event(EventType.QUERY, 0, body, file.length, true));
        }
        byte[] closed = MadeEvents.closedFile();
        byte[] open = MadeEvents.file(1_000_000);
        byte[] rotate = Arrays.copyOfRange(closed, open.length, closed.length);
        byte[] body = Arrays.copyOfRange(rotate, 19, rotate.length - 4);
        return MadeEvents.concat(file, MadeEvents.event(EventType.ROTATE, 0, body, file.length, true));
    }
}
