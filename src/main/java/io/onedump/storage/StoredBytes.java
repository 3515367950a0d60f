package io.onedump.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import org.slf4j.Logger;

/** Parts of one stored object, read by several threads at once, each taken up again where its connection broke. */
public final class StoredBytes implements Closeable {

    private static final Logger LOG = CleanLog.of(StoredBytes.class);

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

    private final class Part extends InputStream {

        private final Storage storage;
        private final long end;
        private InputStream current;
        private long position;
        private int failures;
        private boolean closed;

        Part(Storage storage, long offset, long length) {
            this.storage = storage;
            this.position = offset;
            this.end = offset + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (position < end) {
                try {
                    if (current == null) {
                        current = storage.get(object.path(), position, end - position);
                    }
                    int read = current.read(bytes, offset, (int) Math.min(length, end - position));
                    if (read >= 0) {
                        position += read;
                        failures = 0;
                        return read;
                    }
                    throw new IOException("it ended after " + position + " of " + object.size() + " bytes");
                } catch (IOException e) {
                    again(e);
                }
            }
            return -1;
        }

        private void again(IOException e) throws IOException {
            letGo();
            if (e instanceof StorageException && !(e instanceof TransientStorageException)) {
                throw e;
            }
            if (++failures == backoff.attempts()) {
                throw e instanceof StorageException
                        ? e
                        : new TransientStorageException("storage: cannot read " + storage.location(object.path())
                                + ": " + e.getMessage(), e);
            }
            LOG.warn("{}: {}; going on at byte {}", storage.location(object.path()), e.getMessage(), position);
            backoff.pause(failures, null);
        }

        private void letGo() {
            try {
                if (current != null) {
                    current.close();
                }
            } catch (IOException e) {
                LOG.debug("{}: {}", storage.location(object.path()), e.getMessage());
            }
            current = null;
        }

        @Override
        public void close() {
            letGo();
            if (!closed) {
                closed = true;
                synchronized (idle) {
                    idle.push(storage);
                }
            }
        }
    }
}
