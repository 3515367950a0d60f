package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is complete and belongs to somebody else: it is read, never removed. */
public final class FileArtifact implements Artifact {

    private final String name;
    private final Path file;
    private Digest digest;

    public FileArtifact(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    @Override
    public String name() {
        return name;
    }

    public Path file() {
        return file;
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public long awaitBytes(long bytes) throws IOException {
        return Math.min(bytes, Files.size(file));
    }

    @Override
    public synchronized Digest digest() throws IOException {
        if (digest == null) {
            digest = Hasher.of(open());
        }
        return digest;
    }

    @Override
    public String toString() {
        return "FileArtifact[" + file + "]";
    }
}
