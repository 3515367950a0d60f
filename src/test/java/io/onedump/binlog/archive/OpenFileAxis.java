package io.onedump.binlog.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.onedump.artifact.Compression;
import io.onedump.binlog.event.BinlogName;
import io.onedump.scale.ScaleAxis;

/** Segments of one binlog file that stays open, as of a server that writes little. */
public final class OpenFileAxis implements ScaleAxis {

    private static final BinlogName FILE = new BinlogName("binlog", 7);
    private static final int SEGMENT = 2000;

    @Override
    public String what() {
        return "binlog: segments of an open file";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(300, 3000, 30_000);
    }

    @Override
    public Cost run(int size, Path root) throws Exception {
        MemoryStore store = new MemoryStore();
        StagingFolder folder = StagingFolder.create(root.resolve("staging"), 1, "server");
        UploadSettings settings = new UploadSettings(Compression.NONE, null, Duration.ofSeconds(2), 16 << 20, 5);
        Uploader uploader = new Uploader(root.resolve("staging"), new Archive(store), settings, stored -> {
        });
        byte[] segment = new byte[SEGMENT];
        long nanos = ScaleAxis.processorNanos(() -> {
            for (int i = 0; i < size; i++) {
                Files.write(folder.part(FILE), segment, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                uploader.upload(new StagedProgress(FILE, (long) SEGMENT * (i + 1), "f".repeat(64), "8.0.31",
                        Instant.EPOCH, Instant.EPOCH), true);
            }
        });
        return new Cost(nanos, store.requests(), store.bytes());
    }
}
