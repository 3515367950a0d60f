package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.CleanLog;
import org.slf4j.Logger;

/** An object's bytes, or a part of them, taken up again where the connection broke. */
class ResumedStream extends InputStream {

    private static final Logger LOG = CleanLog.of(ResumedStream.class);

    private final Storage storage;
    private final StoredObject object;
    private final Backoff backoff;
    private final long end;
    private InputStream current;
    private long position;
    private int failures;
    private int silences;

    /** From the first to the last. */
    ResumedStream(Storage storage, StoredObject object, Backoff backoff) {
        this(storage, object, 0, object.size(), backoff);
    }

    ResumedStream(Storage storage, StoredObject object, long offset, long length, Backoff backoff) {
        this.storage = storage;
        this.object = object;
        this.position = offset;
        this.end = offset + length;
        this.backoff = backoff;
    }

    @Override
    public int read() throws IOException {
        return BulkInputStream.single(this);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (position < end) {
            try {
                if (current == null) {
                    current = end == object.size()
                            ? storage.get(object.path(), position)
                            : storage.get(object.path(), position, end - position);
                }
                // What a whole object has more than was said is for its reader's checksum.
                int most = end == object.size() ? length : (int) Math.min(length, end - position);
                int read = current.read(bytes, offset, most);
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
        letGo();
    }

    private void letGo() {
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
