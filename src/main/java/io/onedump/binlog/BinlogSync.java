package io.onedump.binlog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

import io.onedump.artifact.ContextThreads;
import io.onedump.binlog.archive.ArchiveRun;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.Beginning;
import io.onedump.binlog.archive.FolderSync;

/** Archives all there is, from wherever an endpoint says. */
public final class BinlogSync {

    private BinlogSync() {
    }

    /**
     * @param since where a new archive begins, or null for the oldest file
     * @param until where this run ends, or null for all there is
     */
    public static ArchiveRun run(BinlogEndpoint endpoint, Beginning since, Instant until, StorageArchiveStore store)
            throws IOException {
        return run(endpoint, since, until, false, store);
    }

    /**
     * @param last whether the file with the highest number of a directory is taken too, because its server is gone
     */
    public static ArchiveRun run(BinlogEndpoint endpoint, Beginning since, Instant until, boolean last,
            StorageArchiveStore store) throws IOException {
        BinlogConfiguration options = endpoint.getConfiguration();
        if (options.fromDirectory()) {
            return new FolderSync(Path.of(options.getDirectory()), options.staging(), options.upload(), store,
                    Clock.systemUTC()).run(since == null ? null : since.time(), until, last);
        }
        try (Archiver archiver = new Archiver(ContextThreads.of(endpoint.getCamelContext()),
                options.archive(since, until), store, Clock.systemUTC(), new Random(),
                stored -> {
                })) {
            return archiver.sync();
        }
    }

    /** @throws IllegalArgumentException when what is asked for contradicts itself or the endpoint */
    public static void check(BinlogEndpoint endpoint, Beginning since, Instant until, boolean last) {
        boolean directory = endpoint.getConfiguration().fromDirectory();
        if (since != null && since.time() != null && until != null && !since.time().isBefore(until)) {
            throw new IllegalArgumentException("--since " + since + " is not before --until " + until);
        }
        if (directory && since != null && since.time() == null) {
            throw new IllegalArgumentException("--since: files of a directory are chosen by a time, not by a GTID");
        }
        if (last && !directory) {
            throw new IllegalArgumentException("--last-file is for archives of a directory whose server is gone");
        }
    }
}
