package io.onedump.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.ProducerFailedException;

/** An artifact whose writer fails after so many bytes, as a dumper that dies. */
record FaultyArtifact(Artifact whole, long failsAfter) implements Artifact {

    static final String MESSAGE = "mysqldump ended with exit code 3";

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public InputStream open() throws IOException {
        return open(0);
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return new FilterInputStream(whole.open(offset)) {

            private long position = offset;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                if (position >= failsAfter) {
                    throw failure();
                }
                int read = in.read(bytes, start, (int) Math.min(length, failsAfter - position));
                position += read;
                return read;
            }
        };
    }

    @Override
    public long awaitBytes(long bytes) throws IOException {
        if (bytes > failsAfter) {
            throw failure();
        }
        return bytes;
    }

    @Override
    public Digest digest() throws IOException {
        throw failure();
    }

    private static ProducerFailedException failure() {
        return new ProducerFailedException(MESSAGE);
    }
}
