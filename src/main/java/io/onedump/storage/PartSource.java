package io.onedump.storage;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;

import io.onedump.artifact.Artifact;

/** Cuts an artifact into parts, each as soon as its bytes exist, for backends that take parts. */
public interface PartSource extends Closeable {

    /** The largest part of which several are held in memory at once. */
    long LARGEST_IN_MEMORY = 64L << 20;

    /** The next part, of {@code size} bytes unless it is the last; empty when the artifact is. */
    Part next(long size) throws IOException;

    /** No part should be larger, for the sake of memory. */
    long ceiling();

    @Override
    default void close() throws IOException {
    }

    /**
     * A part that can be read several times, as a client does when it has to send it again.
     *
     * @param offset of its first byte in the artifact
     * @param last   whether no byte follows it
     */
    record Part(long offset, long length, boolean last, Opener opener) {

        /** Unchecked, because this is called from inside of clients. */
        public InputStream open() {
            try {
                return opener.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    interface Opener {
        InputStream open() throws IOException;
    }

    static PartSource of(Artifact artifact) throws IOException {
        return artifact.repeatable()
                ? new Ranges(artifact)
                : new Buffers(new PushbackInputStream(ArtifactStream.open(artifact, 0)));
    }

    /** Parts of an artifact that is kept somewhere: nothing of them is in memory. */
    final class Ranges implements PartSource {

        private final Artifact artifact;
        private long offset;

        Ranges(Artifact artifact) {
            this.artifact = artifact;
        }

        @Override
        public Part next(long size) throws IOException {
            long start = offset;
            long available = artifact.awaitBytes(start + size + 1) - start;
            long length = Math.min(size, available);
            offset += length;
            return new Part(start, length, available <= size,
                    () -> new BoundedInputStream(ArtifactStream.open(artifact, start), length));
        }

        @Override
        public long ceiling() {
            return Long.MAX_VALUE;
        }
    }

    /** Parts of an artifact that can be read only once: each is in memory until it has been sent. */
    final class Buffers implements PartSource {

        private final PushbackInputStream in;
        private long offset;

        Buffers(PushbackInputStream in) {
            this.in = in;
        }

        @Override
        public Part next(long size) throws IOException {
            byte[] bytes = in.readNBytes(Math.toIntExact(size));
            long start = offset;
            offset += bytes.length;
            int following = in.read();
            if (following >= 0) {
                in.unread(following);
            }
            return new Part(start, bytes.length, following < 0, () -> new ByteArrayInputStream(bytes));
        }

        @Override
        public long ceiling() {
            return LARGEST_IN_MEMORY;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
