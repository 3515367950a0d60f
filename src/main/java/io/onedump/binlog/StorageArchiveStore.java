package io.onedump.binlog;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.onedump.artifact.Artifact;
import io.onedump.binlog.archive.ArchiveStore;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.Storage;

/**
 * An archive in one of the product's storages. Each thread gets a storage of its own, because those are for one thread.
 */
public final class StorageArchiveStore implements ArchiveStore, Closeable {

    private final Opener opener;
    private final Map<Thread, Storage> storages = new ConcurrentHashMap<>();

    /** Opens the storage once more. */
    public interface Opener {
        Storage open() throws IOException;
    }

    public StorageArchiveStore(Opener opener) {
        this.opener = opener;
    }

    @Override
    public void put(String name, Artifact artifact) throws IOException {
        storage().put(name, artifact);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        List<String> names = new ArrayList<>();
        storage().list(prefix, object -> names.add(object.path()));
        return names;
    }

    @Override
    public InputStream get(String name) throws IOException {
        try {
            return storage().get(name, 0);
        } catch (ObjectNotFoundException e) {
            FileNotFoundException missing = new FileNotFoundException(e.getMessage());
            missing.initCause(e);
            throw missing;
        }
    }

    @Override
    public void delete(String name) throws IOException {
        storage().delete(name);
    }

    private Storage storage() throws IOException {
        Storage own = storages.get(Thread.currentThread());
        if (own == null) {
            own = opener.open();
            storages.put(Thread.currentThread(), own);
        }
        return own;
    }

    @Override
    public void close() {
        storages.values().forEach(Storage::close);
        storages.clear();
    }
}
