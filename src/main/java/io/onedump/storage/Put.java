package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Digest;

/**
 * Keeps an artifact and, if wanted, its sidecar: both or none. What is replaced is of the same job, and its sidecar
 * goes first, so that a process that is killed never leaves an artifact with the sidecar of another.
 *
 * @param backend  of the storage, for another connection while the artifact is on its way
 * @param identity what the sidecar says; null for no sidecar
 */
record Put(Backend backend, Storage storage, String job, Identity identity) {

    /** @throws StorageException also when another job's artifact has that path */
    Receipt run(String path, Artifact artifact) throws IOException {
        Optional<StoredObject> before = storage.stat(path);
        Optional<StoredObject> sidecar = storage.stat(Sidecar.path(path));
        if (before.isPresent()) {
            refuseAnother(path, sidecar.orElse(null));
        }
        Receipt receipt = sidecar.isEmpty()
                ? storage.put(path, artifact)
                : replace(path, artifact, before.orElse(null), sidecar.get());
        if (identity == null) {
            return receipt;
        }
        try {
            storage.put(Sidecar.path(path), sidecar(receipt, artifact).toArtifact());
        } catch (IOException e) {
            // A name that was free before must be free again; what replaced a good artifact is all that is left of it.
            if (before.isEmpty()) {
                deleteAfter(e, path);
            }
            throw e;
        }
        return receipt;
    }

    private Sidecar sidecar(Receipt receipt, Artifact artifact) throws IOException {
        Identity whole = identity.with(Identity.SIZE, String.valueOf(receipt.digest().size()))
                .with(Identity.PROOF, receipt.verifiedBy().toString());
        for (var attribute : artifact.attributes().entrySet()) {
            whole = whole.with(attribute.getKey(), attribute.getValue());
        }
        return new Sidecar(receipt.digest().sha256(), ObjectPath.name(receipt.path()), whole);
    }

    /** Who cannot tell whose it is leaves it alone when the sidecar cannot be read now, and only then. */
    private void refuseAnother(String path, StoredObject sidecar) throws IOException {
        SidecarReading reading = new Sidecars(storage).read(path, sidecar);
        if (reading.state() == SidecarReading.State.UNREADABLE) {
            throw new TransientStorageException("storage " + storage + ": cannot replace " + path + ": "
                    + reading.problem(), null);
        }
        String owner = reading.identity().isOfAnother(job)
                ? reading.identity().job().orElseThrow()
                : reading.damagedOwner().filter(said -> !said.equals(Identity.clean(job))).orElse(null);
        if (owner != null) {
            throw new StorageException("storage " + storage + ": " + path + " is an artifact of the job '" + owner
                    + "' and is not replaced; give this job another path or fileName");
        }
    }

    private Receipt replace(String path, Artifact artifact, StoredObject before, StoredObject sidecar)
            throws IOException {
        byte[] old = null;
        if (before != null && sidecar.size() <= Sidecar.LONGEST) {
            try (InputStream in = new ResumedStream(storage, sidecar, Backoff.DEFAULT)) {
                old = in.readNBytes((int) sidecar.size());
            }
        }
        LastMoment last = new LastMoment(artifact, () -> {
            try (Storage other = backend.open()) {
                other.delete(Sidecar.path(path));
            }
        });
        try {
            return storage.put(path, last);
        } catch (IOException | RuntimeException | Error e) {
            if (last.hasCome() && old != null) {
                restoreAfter(e, path, before, old);
            }
            throw e;
        }
    }

    /** The old artifact is still there: it gets its sidecar back. */
    private void restoreAfter(Throwable failure, String path, StoredObject before, byte[] sidecar) {
        try {
            if (storage.stat(path).filter(before::equals).isPresent()) {
                storage.put(Sidecar.path(path), new BytesArtifact(ObjectPath.name(Sidecar.path(path)), sidecar));
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void deleteAfter(IOException failure, String path) {
        try {
            storage.delete(path);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Does something when the artifact is known to be whole, and before it is seen under its name: every storage asks
     * for the digest in between.
     */
    private static final class LastMoment implements Artifact {

        private final Artifact artifact;
        private final Action action;
        private boolean come;

        interface Action {
            void run() throws IOException;
        }

        LastMoment(Artifact artifact, Action action) {
            this.artifact = artifact;
            this.action = action;
        }

        synchronized boolean hasCome() {
            return come;
        }

        @Override
        public String name() {
            return artifact.name();
        }

        @Override
        public InputStream open() throws IOException {
            return artifact.open();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return artifact.open(offset);
        }

        @Override
        public Digest digest() throws IOException {
            Digest digest = artifact.digest();
            synchronized (this) {
                if (!come) {
                    come = true;
                    action.run();
                }
            }
            return digest;
        }

        @Override
        public long awaitBytes(long bytes) throws IOException {
            return artifact.awaitBytes(bytes);
        }

        @Override
        public boolean repeatable() {
            return artifact.repeatable();
        }
    }
}
