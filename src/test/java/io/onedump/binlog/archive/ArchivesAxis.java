package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.scale.ScaleAxis;
import io.onedump.servers.BinlogRecording;
import io.onedump.servers.ReplayedMySql;
import org.awaitility.Awaitility;

/** Servers that are followed at once, each of which has written a little and then writes nothing for a while. */
public final class ArchivesAxis implements ScaleAxis {

    private static final int FILES = 20;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(1);

    @Override
    public String what() {
        return "binlog: archives followed at once";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(2, 20, 200);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        BinlogRecording recording = BinlogRecording.of(MadeEvents.closedFile());
        List<Followed> all = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                all.add(new Followed(recording, i + 1, folder.resolve("staging" + i)));
            }
            long nanos = ScaleAxis.processorNanos(() -> {
                all.forEach(Followed::begin);
                Awaitility.await().atMost(LONGEST).until(() -> all.stream().allMatch(Followed::hasAll));
                TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
            });
            return new Cost(nanos, all.stream().mapToLong(Followed::requests).sum(),
                    all.stream().mapToLong(followed -> followed.store.bytes()).sum());
        } finally {
            for (Followed followed : all) {
                followed.end();
            }
        }
    }

    /** A server with its archive. */
    private static final class Followed {
        private final ReplayedMySql server;
        private final MemoryStore store = new MemoryStore();
        private final Archiver archiver;
        private BackgroundTask task;
        private volatile int files;

        Followed(BinlogRecording recording, int number, Path staging) throws IOException {
            server = ReplayedMySql.start(recording, number, (long) FILES * recording.events(), 0);
            StreamSettings source =
                    new StreamSettings(MySqlSettings.of("127.0.0.1", server.port(), "archiver", ""), 4711,
                            "11111111-2222-3333-4444-555555555555", Duration.ofSeconds(5), false);
            UploadSettings upload = new UploadSettings(Compression.ZSTD, null, Duration.ofSeconds(2), 16 << 20, 5);
            archiver = new Archiver(Threads.daemons(),
                    new ArchiveSettings(source, staging, upload, Duration.ofSeconds(1), null, null), store,
                    Clock.systemUTC(), new Random(number), file -> files++);
        }

        void begin() {
            task = Threads.daemons().start("follow", archiver::follow);
        }

        boolean hasAll() {
            return files == FILES;
        }

        long requests() {
            return server.questions() + store.requests();
        }

        void end() throws IOException, InterruptedException {
            archiver.close();
            if (task != null) {
                task.join();
            }
            server.close();
        }
    }
}
