package io.onedump.encrypt.age;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.BulkInputStream;

/** Gives away what comes in pieces; a failure is told again to whoever reads on. */
abstract class ChunkedInputStream extends InputStream {

    private byte[] piece = new byte[0];
    private int position;
    private int filled;
    private IOException failure;

    /**
     * Makes the next piece and hands it to {@link #give}.
     *
     * @return false at the end
     */
    abstract boolean next() throws IOException;

    /** @param bytes stay as they are until the next piece is asked for */
    final void give(byte[] bytes, int length) {
        piece = bytes;
        position = 0;
        filled = length;
    }

    @Override
    public final int read() throws IOException {
        return BulkInputStream.single(this);
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            while (length > 0 && position == filled) {
                if (!next()) {
                    return -1;
                }
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        int part = Math.min(length, filled - position);
        System.arraycopy(piece, position, bytes, offset, part);
        position += part;
        return part;
    }
}
