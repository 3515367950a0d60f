package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.StoredInRun;
import io.onedump.artifact.Warnings;

/**
 * Keeps an artifact and, if wanted, its sidecar: both or none. What is replaced is of the same job and machine and was
 * there from the beginning, and its sidecar goes first, so that a process that is killed never leaves an artifact with
 * the sidecar of another.
 *
 * @param backend  of the storage, for another connection while the artifact is on its way
 * @param identity what the sidecar says; null for no sidecar
 * @param run      what its run has stored before, which is not replaced either
 * @param place    what the run's paths in this storage begin with
 * @param warnings of the run
 */
record Put(Backend backend, Storage storage, Owner owner, Identity identity, StoredInRun run, String place,
        Warnings warnings) {

    private static final int SIDECAR_ATTEMPTS = 3;

    /** One of a run that has stored nothing before. */
    Put(Backend backend, Storage storage, Owner owner, Identity identity) {
        this(backend, storage, owner, identity, new StoredInRun(), "", new Warnings());
    }

    /** @throws StorageException also when the artifact of another has that path */
    Receipt run(String path, Artifact artifact) throws IOException {
        Optional<StoredObject> before = storage.stat(path);
        Optional<StoredObject> sidecar = storage.stat(Sidecar.path(path));
        if (before.isPresent()) {
            refuseAnother(path, sidecar.orElse(null));
        }
        Receipt receipt = replace(path, artifact, before.orElse(null), sidecar.orElse(null));
        if (identity != null) {
            try {
                keepSidecar(path, receipt, sidecar(receipt, artifact).toArtifact());
            } catch (StoredMeanwhileException e) {
                throw e;
            } catch (IOException e) {
                // A name that was free before must be free again; what replaced a good artifact is all that is left of
                // it.
                if (before.isEmpty()) {
                    deleteAfter(e, receipt);
                }
                throw e;
            }
        }
        return receipt;
    }

    /** Where another process has put a sidecar, it is theirs whose artifact is there. */
    private void keepSidecar(String path, Receipt receipt, Artifact sidecar) throws IOException {
        StoredObject seen = null;
        for (int failures = 1;; failures++) {
            try {
                storage.replace(Sidecar.path(path), seen, sidecar);
                return;
            } catch (StoredMeanwhileException e) {
                seen = storage.stat(Sidecar.path(path)).orElse(null);
                if (failures == SIDECAR_ATTEMPTS || !isStillThere(receipt)) {
                    throw new StoredMeanwhileException(storage, path, e);
                }
            }
        }
    }

    private boolean isStillThere(Receipt receipt) throws IOException {
        Optional<StoredObject> now = storage.stat(receipt.path());
        return now.isPresent() && receipt.fits(now.get())
                && (receipt.tag() != null
                        || ReadBack.sha256(storage, receipt.path()).equals(receipt.digest().sha256()));
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
        if (sidecar != null && reading.state() == SidecarReading.State.MISSING) {
            // Only who is about to replace the artifact has removed it.
            throw new StoredMeanwhileException(storage, path);
        }
        if (reading.state() == SidecarReading.State.UNREADABLE) {
            throw new TransientStorageException("storage " + storage + ": cannot replace " + path + ": "
                    + reading.problem(), null);
        }
        if (reading.state() == SidecarReading.State.DAMAGED && reading.readable().job().isEmpty()) {
            throw new StorageException("storage " + storage + ": " + path + " is not replaced, because "
                    + reading.problem()
                    + ", so that nobody knows whose it is; give this job another path or fileName, or"
                    + " move the two away");
        }
        Optional<String> another = owner.another(reading.readable());
        if (another.isPresent()) {
            throw new StorageException("storage " + storage + ": " + path + " is an artifact of " + another.get()
                    + " and is not replaced; " + (reading.readable().isOfAnother(owner.job())
                            ? "give this job another path or fileName"
                            : "put ${hostname} into path or fileName, or set acrossHosts to true where machines may"
                                    + " replace one another's"));
        }
    }

    /**
     * Two runs that began together are told apart only when the second has come to its end. The storage looks again
     * where it can; what this sees need not be undone.
     */
    private void refuseNew(String path, StoredObject before, StoredObject sidecar) throws IOException {
        StoredMeanwhileException.check(storage, path, before);
        if (before != null && sidecar == null && storage.stat(Sidecar.path(path)).isPresent()) {
            // It was a moment old, and whoever stored it was about to say whose it is.
            throw new StoredMeanwhileException(storage, path);
        }
    }

    private Receipt replace(String path, Artifact artifact, StoredObject before, StoredObject sidecar)
            throws IOException {
        byte[] old = null;
        if (before != null && sidecar != null && sidecar.size() <= Sidecar.LONGEST) {
            try (InputStream in = new ResumedStream(storage, sidecar, Backoff.DEFAULT)) {
                old = in.readNBytes((int) sidecar.size());
            } catch (ObjectNotFoundException e) {
                throw new StoredMeanwhileException(storage, path, e);
            }
        }
        AtomicReference<StoredInRun.Claim> claim = new AtomicReference<>();
        LastMoment last = new LastMoment(artifact, digest -> {
            claim.set(run.claim(place + path, digest.sha256()));
            if (claim.get() == StoredInRun.Claim.TAKEN) {
                throw new StorageException("storage " + storage + ": this run has stored another artifact as " + path
                        + " already, and does not replace it; give each of the job's artifacts a path or fileName of"
                        + " its own");
            }
            refuseNew(path, before, sidecar);
            if (before != null && sidecar == null && claim.get() == StoredInRun.Claim.NEW) {
                warnings.add("storage " + storage + ": replaces " + path + ", which has no sidecar: nobody knows whose"
                        + " it is");
            }
            if (sidecar != null) {
                removeSidecar(path, sidecar);
            }
        });
        try {
            if (!backend.isReadable() && artifact.repeatable()) {
                // Camel's converters know the artifact by its own type; it is asked for its digest first anyway.
                last.digest();
                return storage.put(path, artifact);
            }
            return storage.replace(path, before, last);
        } catch (IOException | RuntimeException | Error e) {
            if (claim.get() == StoredInRun.Claim.NEW) {
                run.release(place + path);
            }
            if (last.hasCome() && old != null) {
                restoreAfter(e, path, before, old);
            }
            throw e;
        }
    }

    private void removeSidecar(String path, StoredObject sidecar) throws IOException {
        try {
            if (storage.servesWithinPut()) {
                storage.delete(Sidecar.path(path), sidecar);
                return;
            }
            try (Storage other = backend.open()) {
                other.delete(Sidecar.path(path), sidecar);
            }
        } catch (StoredMeanwhileException e) {
            throw new StoredMeanwhileException(storage, path, e);
        }
    }

    /** The old artifact is still there: it gets its sidecar back. */
    private void restoreAfter(Throwable failure, String path, StoredObject before, byte[] sidecar) {
        try {
            if (storage.stat(path).filter(before::equals).isPresent()) {
                storage.replace(Sidecar.path(path), null,
                        new BytesArtifact(ObjectPath.name(Sidecar.path(path)), sidecar));
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void deleteAfter(IOException failure, Receipt receipt) {
        try {
            Optional<StoredObject> now = storage.stat(receipt.path());
            if (now.isPresent() && receipt.fits(now.get())) {
                storage.delete(receipt.path(), now.get());
            }
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
            void run(Digest digest) throws IOException;
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
                    action.run(digest);
                    come = true;
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
