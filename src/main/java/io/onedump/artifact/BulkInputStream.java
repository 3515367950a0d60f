package io.onedump.artifact;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream around another one that does its work where many bytes are read; a single one is read that way too. */
public abstract class BulkInputStream extends FilterInputStream {

    protected BulkInputStream(InputStream in) {
        super(in);
    }

    @Override
    public final int read() throws IOException {
        return single(this);
    }

    /** The next byte of a stream that reads many at a time, for those that are around no other one. */
    public static int single(InputStream in) throws IOException {
        byte[] one = new byte[1];
        return in.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
