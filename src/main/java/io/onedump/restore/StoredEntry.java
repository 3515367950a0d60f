package io.onedump.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.ByteRanges;
import io.onedump.storage.Catalog;
import io.onedump.storage.Download;
import io.onedump.storage.Identity;
import io.onedump.storage.Sidecar;
import io.onedump.storage.Sidecars;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredBytes;

/** A dump that a storage has; what is fetched of it goes with it. */
public final class StoredEntry implements StoredDump, AutoCloseable {

    private final JobPlaces.Place place;
    private final Catalog.Entry entry;
    private final StoredBytes stored;
    private Path fetched;
    private Identity identity;

    public StoredEntry(JobPlaces.Place place, Catalog.Entry entry) {
        this.place = place;
        this.entry = entry;
        this.stored = new StoredBytes(place.endpoint().getBackend(), entry.object(), Backoff.DEFAULT);
    }

    @Override
    public String name() {
        return entry.object().path();
    }

    /** When the run began that made it. */
    public Instant time() {
        return entry.identity().started().orElse(entry.time());
    }

    /** As its sidecar says. */
    public String sha256() {
        return entry.sha256();
    }

    /** The storage that it is in. */
    public JobPlaces.Place place() {
        return place;
    }

    /**
     * All that the sidecar says; an index remembers less.
     *
     * @throws IOException when it cannot be read now
     */
    public Identity identity() throws IOException {
        if (identity == null) {
            try (Storage storage = place.endpoint().open()) {
                identity = new Sidecars(storage).find(name()).map(Sidecar::identity).orElse(Identity.NONE);
            }
        }
        return identity;
    }

    @Override
    public ByteRanges bytes() {
        return new ByteRanges() {
            @Override
            public long size() {
                return stored.size();
            }

            @Override
            public InputStream open(long offset, long length) throws IOException {
                return stored.open(offset, length);
            }
        };
    }

    @Override
    public Path file(Path folder) throws IOException {
        fetched = Files.createTempDirectory(folder, "restore-");
        return new Download(place.endpoint().getBackend(), Backoff.DEFAULT).fetch(entry.object().path(), fetched);
    }

    @Override
    public void close() throws IOException {
        stored.close();
        if (fetched != null) {
            try (var files = Files.list(fetched)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(fetched);
        }
    }
}
