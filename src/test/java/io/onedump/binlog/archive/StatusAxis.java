package io.onedump.binlog.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.event.BinlogName;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.scale.ScaleAxis;
import io.onedump.servers.BinlogRecording;
import io.onedump.servers.MemoryS3;
import io.onedump.servers.ReplayedMySql;
import io.onedump.storage.Verify;
import io.onedump.storage.s3.S3Attributes;
import io.onedump.storage.s3.S3Checksum;
import io.onedump.storage.s3.S3Options;
import io.onedump.storage.s3.S3Storage;

/**
 * Closed files of an archive on S3 whose status is asked for. Of the requests, S3 gives its listing by thousands; the
 * others stay the same.
 */
public final class StatusAxis implements ScaleAxis {

    @Override
    public String what() {
        return "binlog: files of an archive around its status";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(50, 500, 5000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        BinlogRecording recording = BinlogRecording.of(MadeEvents.closedFile());
        try (MemoryS3 s3 = MemoryS3.start();
                ReplayedMySql server = ReplayedMySql.start(recording, 7, (long) size * recording.events(), 0);
                StorageArchiveStore store = new StorageArchiveStore(() -> new S3Storage(s3.client(), "archive", "",
                        new S3Options(Verify.AUTO, 5 << 20, 4, S3Checksum.WHEN_SUPPORTED, S3Attributes.NONE)))) {
            for (int number = 1; number <= size; number++) {
                BinlogName file = new BinlogName("binlog", number);
                FileManifest manifest = new FileManifest(file, FileManifest.State.CLOSED, "", "8.0.31", "f",
                        Instant.EPOCH, Instant.EPOCH, file.next(), List.of(new Piece(file + ".zst", 0, 100, 5, "0")));
                s3.keep(ArchiveNames.object(1, file + ".zst"), "whole".getBytes(StandardCharsets.UTF_8));
                s3.keep(ArchiveNames.object(1, ArchiveNames.manifest(file)),
                        manifest.text().getBytes(StandardCharsets.UTF_8));
            }
            MySqlSettings settings = MySqlSettings.of("127.0.0.1", server.port(), "archiver", "");
            long nanos = ScaleAxis.processorNanos(() -> {
                ArchiveStatus status = ArchiveStatus.of(settings, new Archive(store), Clock.systemUTC());
                if (!status.gaps().isEmpty() || status.archived() == null) {
                    throw new IllegalStateException(status.json());
                }
            });
            return new Cost(nanos, server.questions() + s3.takeRequests().size(), 0);
        }
    }
}
