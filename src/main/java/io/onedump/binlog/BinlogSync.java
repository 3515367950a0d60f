package io.onedump.binlog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

import io.onedump.artifact.ContextThreads;
import io.onedump.binlog.archive.ArchiveRun;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.FolderSync;

/** Archives all there is, from wherever an endpoint says. */
public final class BinlogSync {

    private BinlogSync() {
    }

    /**
     * @param since where a new archive begins, or null for the oldest file
     * @param until where this run ends, or null for all there is
     */
    public static ArchiveRun run(BinlogEndpoint endpoint, Instant since, Instant until, StorageArchiveStore store)
            throws IOException {
        BinlogConfiguration options = endpoint.getConfiguration();
        if (options.fromDirectory()) {
            return new FolderSync(Path.of(options.getDirectory()), options.staging(), options.upload(), store,
                    Clock.systemUTC()).run(since, until);
        }
        try (Archiver archiver = new Archiver(ContextThreads.of(endpoint.getCamelContext()),
                options.archive(since, until), store, Clock.systemUTC(), new Random(),
                stored -> {
                })) {
            return archiver.sync();
        }
    }
}
