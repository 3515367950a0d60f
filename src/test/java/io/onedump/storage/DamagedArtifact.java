package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;

/** An artifact whose digest is that of other bytes, as if the storage had damaged what it was sent. */
record DamagedArtifact(Artifact sent, Artifact meant) implements Artifact {

    @Override
    public String name() {
        return sent.name();
    }

    @Override
    public InputStream open() throws IOException {
        return sent.open();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return sent.open(offset);
    }

    @Override
    public long awaitBytes(long bytes) throws IOException {
        return sent.awaitBytes(bytes);
    }

    @Override
    public Digest digest() throws IOException {
        return meant.digest();
    }
}
