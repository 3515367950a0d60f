package io.onedump.binlog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;

import io.onedump.binlog.archive.ArchiveSettings;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.FolderSync;
import io.onedump.binlog.archive.SyncResult;

/** Archives all there is, from wherever an endpoint says. */
public final class BinlogSync {

    private BinlogSync() {
    }

    public static SyncResult run(BinlogEndpoint endpoint, ArchiveSettings settings, StorageArchiveStore store) throws IOException {
        if (endpoint.getSourceDirectory() != null) {
            return new FolderSync(Path.of(endpoint.getSourceDirectory()), settings, store, Clock.systemUTC()).run();
        }
        try (Archiver archiver = new Archiver(settings, store, Clock.systemUTC(), new Random(), stored -> { })) {
            return archiver.sync();
        }
    }
}
