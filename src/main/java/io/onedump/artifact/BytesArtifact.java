package io.onedump.artifact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A few bytes that are in memory anyway: a report, a message. */
public record BytesArtifact(String name, byte[] bytes) implements Artifact {

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Digest digest() throws IOException {
        return Hasher.of(open());
    }

    @Override
    public String toString() {
        return "BytesArtifact[" + name + ", " + bytes.length + " bytes]";
    }
}
