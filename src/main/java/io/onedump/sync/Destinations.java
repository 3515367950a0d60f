package io.onedump.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.storage.Backend;
import io.onedump.storage.BulkTarget;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.StorageException;
import io.onedump.storage.Verify;
import io.onedump.sync.sftp.SftpDestination;

/** Chooses how files are sent to a storage. */
final class Destinations {

    private static final Set<Verify> BULK_PROOFS = EnumSet.of(Verify.AUTO, Verify.NONE);

    private Destinations() {
    }

    /** Refuses what a sync cannot do with that storage. */
    static void check(StorageEndpoint endpoint, SyncSettings settings) throws IOException {
        String prefix = prefix(endpoint.getConfiguration().getPath());
        Backend backend = endpoint.getBackend();
        if (!backend.isReadable()) {
            throw new IllegalArgumentException("option storage: a sync has to list what is there, and of this endpoint"
                    + " only put is known; file, aws2-s3, sftp, google-drive and dropbox can do the rest");
        }
        Optional<Path> local = backend.localFolder().map(folder -> folder.resolve(prefix));
        if (local.isPresent() && isInside(local.get(), settings)) {
            throw new IllegalArgumentException("option storage: " + local.get() + " is inside of the source, so that"
                    + " each run would send the copies of the one before; exclude it, or choose another folder");
        }
        if (backend.bulk().isPresent() && !BULK_PROOFS.contains(backend.bulk().get().verify())) {
            throw new IllegalArgumentException("option verify: a sync by SFTP knows auto, which compares what was"
                    + " sent by its SHA-256, and none");
        }
    }

    /**
     * Makes no connection yet.
     *
     * @param owner tells the files that this one sends from those of others
     */
    static Destination open(StorageEndpoint endpoint, SyncSettings settings, String owner) throws IOException {
        Backend backend = endpoint.getBackend();
        String prefix = prefix(endpoint.getConfiguration().getPath());
        Optional<BulkTarget> bulk = backend.bulk();
        if (bulk.isPresent()) {
            BulkTarget target = bulk.get().below(prefix);
            boolean proves = settings.checksum() && target.verify() != Verify.NONE;
            return new SftpDestination(target.server(), owner, target.folder(), target.makesFolders(), proves,
                    settings.concurrency(), settings.maxAttempts());
        }
        return new StorageDestination(backend, prefix, settings.concurrency());
    }

    private static boolean isInside(Path folder, SyncSettings settings) {
        Path target = folder.toAbsolutePath().normalize();
        if (!target.startsWith(settings.source())) {
            return false;
        }
        Path relative = settings.source().relativize(target);
        return Stream.iterate(relative, Objects::nonNull, Path::getParent).allMatch(settings.filter()::acceptsFolder);
    }

    private static String prefix(String path) throws StorageException {
        if (path == null) {
            return "";
        }
        if (path.contains("${")) {
            throw new StorageException("sync: the storage's option path '" + path + "' is an expression; a sync"
                    + " needs the same"
                    + " folder each time");
        }
        return ObjectPath.of(null, path) + "/";
    }
}
