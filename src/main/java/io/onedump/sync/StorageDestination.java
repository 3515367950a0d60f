package io.onedump.sync;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.storage.Backend;
import io.onedump.storage.Sidecar;
import io.onedump.storage.Sidecars;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TransientStorageException;
import io.onedump.sync.source.SourceArtifact;
import io.onedump.sync.source.SourceFile;
import org.slf4j.Logger;

/** Any storage: several files at a time, each whole and proved or not there at all; resumed where the storage can. */
public final class StorageDestination implements Destination {

    private static final Logger LOG = CleanLog.of(StorageDestination.class);

    private final Backend backend;
    private final Storage storage;
    private final String prefix;
    private final int concurrency;
    /** Null until the storage was listed. */
    private PathHashes sidecars;

    /** @param prefix empty, or a folder in the storage with its slash */
    public StorageDestination(Backend backend, String prefix, int concurrency) throws IOException {
        this.backend = backend;
        this.storage = backend.open();
        this.prefix = prefix;
        this.concurrency = concurrency;
    }

    @Override
    public String location() {
        return storage.location(prefix);
    }

    @Override
    public void list(Storage.Visitor visitor) throws IOException {
        PathHashes found = new PathHashes();
        storage.list(prefix, object -> {
            String path = object.path().substring(prefix.length());
            if (Sidecar.isSidecar(path)) {
                found.add(path);
            }
            visitor.visit(new StoredObject(path, object.size(), object.modified()));
        });
        sidecars = found;
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        return storage.stat(prefix + path).map(object -> new StoredObject(path, object.size(), object.modified()));
    }

    /** By sidecars, where there are some. */
    @Override
    public Map<String, String> digests(Collection<StoredObject> files) throws IOException {
        List<String> described = files.stream().map(StoredObject::path)
                .filter(path -> sidecars == null || sidecars.contains(Sidecar.path(path))).map(prefix::concat).toList();
        Map<String, String> digests = new HashMap<>();
        new Sidecars(storage).find(described)
                .forEach((path, sidecar) -> digests.put(path.substring(prefix.length()), sidecar.sha256()));
        return digests;
    }

    @Override
    public void send(Transfers transfers) throws IOException {
        List<BackgroundTask> threads = new ArrayList<>();
        for (int i = Math.min(concurrency, transfers.waiting()); i > 0; i--) {
            threads.add(transfers.threads().start("sync", () -> sendAll(transfers)));
        }
        SyncThreads.join(threads, location());
    }

    @Override
    public void delete(String path) throws IOException {
        storage.delete(prefix + path);
    }

    @Override
    public void close() {
        storage.close();
    }

    private void sendAll(Transfers transfers) {
        int failures = 0;
        for (SourceFile file; (file = transfers.next()) != null;) {
            try {
                send(file, transfers);
                failures = 0;
            } catch (IOException e) {
                transfers.failed(file, e);
                failures = pause(e, failures);
            } catch (RuntimeException | Error e) {
                // Else the thread would end, and the file would count as neither sent nor failed.
                transfers.failed(file, new StorageException("sync to " + location() + ": " + e, e));
            }
        }
    }

    private void send(SourceFile file, Transfers transfers) throws IOException {
        try (Storage own = backend.open()) {
            SourceArtifact artifact = new SourceArtifact(file, bytes -> transfers.sent(file, bytes));
            String sha256 = own.resume(prefix + file.path(), artifact).digest().sha256();
            transfers.succeeded(file, sha256, modified(own, file));
        }
    }

    /** Null when the storage does not tell; the next run then compares. */
    private Instant modified(Storage own, SourceFile file) {
        try {
            return own.stat(prefix + file.path()).map(StoredObject::modified).orElse(null);
        } catch (IOException e) {
            LOG.debug("{}: sent, but when is not known: {}", file.path(), e.getMessage());
            return null;
        }
    }

    /** @return failures in a row that a pause may cure */
    private static int pause(IOException e, int failures) {
        if (!(e instanceof TransientStorageException)) {
            return failures;
        }
        try {
            Backoff.DEFAULT.pause(failures + 1, null);
        } catch (InterruptedIOException interrupted) {
            Thread.currentThread().interrupt();
        }
        return failures + 1;
    }
}
