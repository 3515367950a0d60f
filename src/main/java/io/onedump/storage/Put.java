package io.onedump.storage;

import java.io.IOException;

import io.onedump.artifact.Artifact;

/** Keeps an artifact and, if wanted, its sidecar: both or none. */
record Put(Storage storage, boolean sidecar) {

    Receipt run(String path, Artifact artifact) throws IOException {
        if (!sidecar) {
            return storage.put(path, artifact);
        }
        boolean replaces = storage.stat(path).isPresent();
        Receipt receipt = storage.put(path, artifact);
        try {
            storage.put(Sidecar.path(path),
                    new Sidecar(receipt.digest().sha256(), ObjectPath.name(path)).toArtifact());
        } catch (IOException e) {
            // A name that was free before must be free again; what replaced a good artifact is all that is left of it.
            if (!replaces) {
                deleteAfter(e, path);
            }
            throw e;
        }
        return receipt;
    }

    private void deleteAfter(IOException failure, String path) {
        try {
            storage.delete(path);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
