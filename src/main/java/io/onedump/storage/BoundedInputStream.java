package io.onedump.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.BulkInputStream;

/** The next {@code length} bytes of a stream, which it closes as soon as they are read: not every reader closes it. */
final class BoundedInputStream extends BulkInputStream {

    private long remaining;

    BoundedInputStream(InputStream in, long length) throws IOException {
        super(in);
        this.remaining = length;
        closeAtEnd();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw new EOFException(remaining + " bytes are missing");
        }
        remaining -= read;
        closeAtEnd();
        return read;
    }

    @Override
    public int available() throws IOException {
        return remaining == 0 ? 0 : (int) Math.min(in.available(), remaining);
    }

    private void closeAtEnd() throws IOException {
        if (remaining == 0) {
            in.close();
        }
    }
}
