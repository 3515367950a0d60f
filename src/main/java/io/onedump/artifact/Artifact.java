package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Named bytes that a step produced: a dump, a binlog file, a report. It travels as the message body in place of an
 * {@link InputStream}, because a stream can be read only once and Camel's stream caching copies it to the heap.
 */
public interface Artifact {

    /** The file name under which storages keep it, without any folder; never empty. */
    String name();

    /**
     * A new stream from byte 0. May be called any number of times, from any thread. The stream follows a writer that is
     * still at work and throws {@link ProducerFailedException} when that writer fails.
     */
    InputStream open() throws IOException;

    /**
     * A new stream from byte {@code offset}, blocking until that byte exists. Only for artifacts that are
     * {@link #repeatable()} or for offset 0.
     */
    default InputStream open(long offset) throws IOException {
        InputStream in = open();
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Blocks until the writer has ended, then answers size and SHA-256.
     *
     * @throws ProducerFailedException when the writer failed
     */
    Digest digest() throws IOException;

    /**
     * Blocks until at least {@code bytes} bytes exist or the writer has ended.
     *
     * @return the smaller of {@code bytes} and the size
     */
    default long awaitBytes(long bytes) throws IOException {
        return Math.min(bytes, digest().size());
    }

    /** Whether every {@link #open()} yields the same bytes: a file does, a dumper that runs again does not. */
    default boolean repeatable() {
        return true;
    }

    /** What is known of where the bytes come from, by the keys of a sidecar. Complete once they have ended. */
    default Map<String, String> attributes() {
        return Map.of();
    }

    /** What this is another name for, or another form of; itself when it is none. */
    default Artifact original() {
        return this;
    }

    /** The same bytes under another name. */
    default Artifact named(String name) {
        return name.equals(name()) ? this : new RenamedArtifact(this, name);
    }
}
