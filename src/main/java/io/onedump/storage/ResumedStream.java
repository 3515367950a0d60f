package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import org.slf4j.Logger;

/** An object's bytes from the first to the last, taken up again where the connection broke. */
final class ResumedStream extends InputStream {

    private static final Logger LOG = CleanLog.of(ResumedStream.class);

    private final Storage storage;
    private final StoredObject object;
    private final Backoff backoff;
    private InputStream current;
    private long position;
    private int failures;
    private int silences;

    ResumedStream(Storage storage, StoredObject object, Backoff backoff) {
        this.storage = storage;
        this.object = object;
        this.backoff = backoff;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (position < object.size()) {
            try {
                if (current == null) {
                    current = storage.get(object.path(), position);
                }
                int read = current.read(bytes, offset, length);
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
        close();
        if (e instanceof StorageException && !(e instanceof TransientStorageException)) {
            throw e;
        }
        silences += Silence.isCauseOf(e) ? 1 : 0;
        if (++failures == backoff.attempts() || silences == Silence.ATTEMPTS) {
            throw e instanceof StorageException
                    ? e
                    : new TransientStorageException(
                            "storage: cannot read " + storage.location(object.path()) + ": " + e.getMessage(), e);
        }
        LOG.warn("{}: {}; going on at byte {}", storage.location(object.path()), e.getMessage(), position);
        backoff.pause(failures, null);
    }

    @Override
    public void close() {
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                LOG.debug("{}: {}", storage.location(object.path()), e.getMessage());
            }
            current = null;
        }
    }
}
