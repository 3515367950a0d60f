package io.onedump.binlog.archive;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.scale.ScaleAxis;
import io.onedump.servers.BinlogRecording;
import io.onedump.servers.MemoryS3;
import io.onedump.servers.ReplayedMySql;
import io.onedump.storage.Storage;
import io.onedump.storage.Verify;
import io.onedump.storage.file.FileStorage;
import io.onedump.storage.s3.S3Attributes;
import io.onedump.storage.s3.S3Checksum;
import io.onedump.storage.s3.S3Options;
import io.onedump.storage.s3.S3Storage;

/** Small binlog files that a server has when an archive of it begins; the server and S3 count the requests. */
public enum FirstSyncAxis implements ScaleAxis {

    TO_A_FOLDER("binlog: files of a first sync to a folder") {
        @Override
        Storage open(Path folder, MemoryS3 s3) throws Exception {
            return new FileStorage(folder.resolve("kept"), Verify.AUTO);
        }
    },
    TO_S3("binlog: files of a first sync to S3") {
        @Override
        Storage open(Path folder, MemoryS3 s3) {
            return new S3Storage(s3.client(), "archive", "",
                    new S3Options(Verify.AUTO, 5 << 20, 4, S3Checksum.WHEN_SUPPORTED, S3Attributes.NONE));
        }
    };

    private final String what;

    FirstSyncAxis(String what) {
        this.what = what;
    }

    abstract Storage open(Path folder, MemoryS3 s3) throws Exception;

    @Override
    public String what() {
        return what;
    }

    @Override
    public List<Integer> sizes() {
        return this == TO_S3 ? List.of(10, 100, 1000) : List.of(20, 200, 2000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        BinlogRecording recording = BinlogRecording.of(MadeEvents.closedFile());
        try (MemoryS3 s3 = MemoryS3.start();
                ReplayedMySql server = ReplayedMySql.start(recording, 7, (long) size * recording.events(), 0);
                StorageArchiveStore store = new StorageArchiveStore(() -> opened(folder, s3))) {
            StreamSettings source =
                    new StreamSettings(MySqlSettings.of("127.0.0.1", server.port(), "archiver", ""), 4711,
                            "11111111-2222-3333-4444-555555555555", Duration.ofSeconds(5), false);
            UploadSettings upload = new UploadSettings(Compression.ZSTD, null, Duration.ofSeconds(2), 16 << 20, 5);
            Archiver archiver = new Archiver(Threads.daemons(), new ArchiveSettings(source, folder.resolve("staging"),
                    upload, Duration.ofSeconds(1), null, null), store, Clock.systemUTC(), new Random(1), file -> {
                    });
            ArchiveRun[] run = new ArchiveRun[1];
            long nanos = ScaleAxis.processorNanos(() -> run[0] = archiver.sync());
            if (!run[0].ok() || run[0].files() != size) {
                throw new IllegalStateException(run[0].json());
            }
            return new Cost(nanos, server.questions() + s3.takeRequests().size(), run[0].bytes());
        }
    }

    private Storage opened(Path folder, MemoryS3 s3) {
        try {
            return open(folder, s3);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
