package io.onedump.binlog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.FolderSync;
import io.onedump.binlog.archive.SyncResult;

/** Archives all there is, from wherever an endpoint says. */
public final class BinlogSync {

    private BinlogSync() {
    }

    /**
     * @param since where a new archive begins, or null for the oldest file
     * @param until where this run ends, or null for all there is
     */
    public static SyncResult run(BinlogEndpoint endpoint, Instant since, Instant until, StorageArchiveStore store)
            throws IOException {
        if (endpoint.getSource() == BinlogOrigin.directory) {
            return new FolderSync(Path.of(endpoint.getDirectory()), BinlogSettings.spool(endpoint),
                    BinlogSettings.upload(endpoint), store, Clock.systemUTC()).run(since, until);
        }
        try (Archiver archiver = new Archiver(BinlogSettings.archive(endpoint, since, until), store, Clock.systemUTC(),
                new Random(), stored -> {
                })) {
            return archiver.sync();
        }
    }
}
