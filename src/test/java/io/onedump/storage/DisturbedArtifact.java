package io.onedump.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;

/** A sound artifact during whose reading something happens, once, after so many bytes. */
record DisturbedArtifact(Artifact whole, long after, FaultPlans.Action action,
        AtomicBoolean happened) implements Artifact {

    DisturbedArtifact(Artifact whole, long after, FaultPlans.Action action) {
        this(whole, after, action, new AtomicBoolean());
    }

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
                if (position >= after && happened.compareAndSet(false, true)) {
                    disturb();
                }
                int read = in.read(bytes, start, (int) Math.min(length, happened.get() ? length : after - position));
                position += read;
                return read;
            }
        };
    }

    @Override
    public long awaitBytes(long bytes) throws IOException {
        return whole.awaitBytes(bytes);
    }

    @Override
    public Digest digest() throws IOException {
        return whole.digest();
    }

    private void disturb() {
        try {
            action.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
