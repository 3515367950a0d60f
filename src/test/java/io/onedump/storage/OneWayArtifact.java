package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;

/** An artifact that is kept nowhere: it can be read once, from its beginning. */
final class OneWayArtifact implements Artifact {

    private final Artifact whole;
    private boolean opened;

    OneWayArtifact(Artifact whole) {
        this.whole = whole;
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public InputStream open() throws IOException {
        if (opened) {
            throw new IllegalStateException("read twice");
        }
        opened = true;
        return whole.open();
    }

    @Override
    public Digest digest() throws IOException {
        return whole.digest();
    }

    @Override
    public boolean repeatable() {
        return false;
    }
}
