package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;
import io.onedump.artifact.Source;
import org.slf4j.Logger;

/** An object of a storage on its way out: hashed while it flows, and compared with its sidecar at its end. */
final class CheckedObject implements Source {

    private static final Logger LOG = CleanLog.of(CheckedObject.class);

    private final Storage storage;
    private final StoredObject object;
    private final SidecarReading sidecar;
    private final InputStream stream;
    private final Hasher hasher = new Hasher();

    private CheckedObject(Storage storage, StoredObject object, SidecarReading sidecar, Backoff backoff) {
        this.storage = storage;
        this.object = object;
        this.sidecar = sidecar;
        this.stream = new Hashing(new ResumedStream(storage, object, backoff));
    }

    /** @throws ObjectNotFoundException when there is no such object */
    static CheckedObject open(Storage storage, String path, Backoff backoff) throws IOException {
        StoredObject object = storage.stat(path)
                .orElseThrow(() -> new ObjectNotFoundException(storage.location(path), null));
        return new CheckedObject(storage, object, new Sidecars(storage, backoff).read(path), backoff);
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public void complete() throws IOException {
        Digest digest = hasher.digest();
        String location = storage.location(object.path());
        switch (sidecar.state()) {
            case MISSING -> LOG.warn("{} has no sidecar: what was fetched could not be checked", location);
            case UNREADABLE -> throw new TransientStorageException(
                    "storage: " + location + " cannot be checked: " + sidecar.problem(), null);
            case DAMAGED -> {
                if (!sidecar.mentions(digest.sha256())) {
                    throw new StorageException("storage: " + location + " cannot be checked: " + sidecar.problem()
                            + "; fetch another artifact, or remove the sidecar to have this one unchecked");
                }
                LOG.warn("{}: {}; its SHA-256 is in it, so that the artifact is whole", location, sidecar.problem());
            }
            case GOOD -> {
                if (!sidecar.sidecar().sha256().equals(digest.sha256())) {
                    throw new StorageException("storage: " + location + " is damaged: its SHA-256 is "
                            + digest.sha256() + ", its sidecar says " + sidecar.sidecar().sha256()
                            + "; fetch another artifact");
                }
            }
        }
    }

    SidecarReading sidecar() {
        return sidecar;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", object.path(), e.getMessage());
        }
        storage.close();
    }

    private final class Hashing extends BulkInputStream {

        Hashing(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                hasher.update(bytes, offset, read);
            }
            return read;
        }
    }
}
