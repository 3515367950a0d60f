package io.onedump.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

import io.onedump.artifact.Backoff;

/** Parts of one stored object, read by several threads at once, each taken up again where its connection broke. */
public final class StoredBytes implements Closeable {

    private final Backend backend;
    private final StoredObject object;
    private final Backoff backoff;
    private final Deque<Storage> idle = new ArrayDeque<>();

    public StoredBytes(Backend backend, StoredObject object, Backoff backoff) {
        this.backend = backend;
        this.object = object;
        this.backoff = backoff;
    }

    public long size() {
        return object.size();
    }

    /** Those bytes; the caller closes the stream. */
    public InputStream open(long offset, long length) throws IOException {
        return new Part(storage(), offset, length);
    }

    private Storage storage() throws IOException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return backend.open();
    }

    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(Storage::close);
            idle.clear();
        }
    }

    /** Gives its storage back to the next one. */
    private final class Part extends ResumedStream {

        private final Storage storage;
        private boolean closed;

        Part(Storage storage, long offset, long length) {
            super(storage, object, offset, length, backoff);
            this.storage = storage;
        }

        @Override
        public void close() {
            super.close();
            if (!closed) {
                closed = true;
                synchronized (idle) {
                    idle.push(storage);
                }
            }
        }
    }
}
