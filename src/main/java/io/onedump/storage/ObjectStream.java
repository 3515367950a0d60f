package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.BulkInputStream;

/** An object on its way from a server. Closing it before its end breaks the connection: what is left is not read. */
public abstract class ObjectStream extends BulkInputStream {

    private long left;
    private boolean closed;

    /** @param length what is left of the object, as the server says; -1 when it does not */
    protected ObjectStream(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    /** What the failure means. */
    protected abstract IOException failure(Exception e);

    /** Ends it without reading what is left. */
    protected abstract void abort() throws IOException;

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = in.read(bytes, offset, length);
            left = read < 0 ? 0 : left - read;
            return read;
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public final long skip(long count) throws IOException {
        long left = count;
        byte[] buffer = new byte[8192];
        while (left > 0) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return count - left;
    }

    @Override
    public final boolean markSupported() {
        return false;
    }

    @Override
    public final void close() throws IOException {
        if (!closed) {
            closed = true;
            if (left == 0) {
                in.close();
            } else {
                abort();
            }
        }
    }
}
