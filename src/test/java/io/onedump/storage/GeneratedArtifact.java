package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;

/** Bytes that take no space: a random block, over and over, with its number mixed in. */
final class GeneratedArtifact implements Artifact {

    private static final int BLOCK = 64 * 1024;

    private final String name;
    private final long size;
    private final byte[] block = new byte[BLOCK];
    private Digest digest;

    GeneratedArtifact(String name, long size) {
        this.name = name;
        this.size = size;
        new Random(name.hashCode() + size).nextBytes(block);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InputStream open() {
        return open(0);
    }

    @Override
    public InputStream open(long offset) {
        return new Generator(offset);
    }

    @Override
    public long awaitBytes(long bytes) {
        return Math.min(bytes, size);
    }

    @Override
    public synchronized Digest digest() throws IOException {
        if (digest == null) {
            digest = Hasher.of(open());
        }
        return digest;
    }

    private final class Generator extends InputStream {

        private long position;

        Generator(long offset) {
            position = offset;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (position >= size) {
                return -1;
            }
            int start = (int) (position % BLOCK);
            int read = (int) Math.min(Math.min(length, BLOCK - start), size - position);
            System.arraycopy(block, start, bytes, offset, read);
            if (start == 0) {
                bytes[offset] ^= (byte) (position / BLOCK);
            }
            position += read;
            return read;
        }

        @Override
        public long skip(long bytes) {
            position += bytes;
            return bytes;
        }
    }
}
