package io.onedump.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.ProducerFailedException;

/**
 * An artifact's stream whose failures can be told from the storage's own after they have gone through the layers of a
 * client: they are all {@link ProducerFailedException}s.
 */
public final class ArtifactStream extends FilterInputStream {

    private ArtifactStream(InputStream in) {
        super(in);
    }

    public static InputStream open(Artifact artifact, long offset) throws IOException {
        try {
            return new ArtifactStream(artifact.open(offset));
        } catch (IOException e) {
            throw marked(e);
        }
    }

    /** Throws the artifact's failure, unchanged, if it is what caused {@code failure}. */
    public static void rethrow(Throwable failure) throws ProducerFailedException {
        ProducerFailedException cause = cause(failure);
        if (cause != null) {
            throw cause;
        }
    }

    /** The artifact's failure that caused {@code failure}; null when it has another cause. */
    public static ProducerFailedException cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFailedException producer) {
                return producer;
            }
        }
        return null;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw marked(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw marked(e);
        }
    }

    /** Readers start again with a new stream instead. */
    @Override
    public boolean markSupported() {
        return false;
    }

    private static IOException marked(IOException e) {
        return e instanceof ProducerFailedException || e instanceof InterruptedIOException
                ? e
                : new ProducerFailedException("the artifact cannot be read: " + e.getMessage(), e);
    }
}
