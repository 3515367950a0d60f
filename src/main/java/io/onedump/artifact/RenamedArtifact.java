package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

record RenamedArtifact(Artifact artifact, String name) implements Artifact {

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
        return artifact.digest();
    }

    @Override
    public long awaitBytes(long bytes) throws IOException {
        return artifact.awaitBytes(bytes);
    }

    @Override
    public boolean repeatable() {
        return artifact.repeatable();
    }

    @Override
    public Artifact original() {
        return artifact.original();
    }

    @Override
    public Map<String, String> attributes() {
        return artifact.attributes();
    }
}
