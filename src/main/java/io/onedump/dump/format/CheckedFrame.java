package io.onedump.dump.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The SQL of a frame, which has to be as long as the seek table says and has to have its checksum. */
final class CheckedFrame extends FilterInputStream {

    private final Frame frame;
    private final Xxh64 hash = new Xxh64();
    private long count;

    CheckedFrame(InputStream sql, Frame frame) {
        super(sql);
        this.frame = frame;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            count += read;
            hash.update(bytes, offset, read);
        }
        if (count > frame.plainSize() || read < 0 && (count < frame.plainSize()
                || (int) hash.value() != frame.checksum())) {
            throw new IOException("frame " + frame.number() + " does not hold what the seek table says: it is damaged");
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return read(new byte[(int) Math.min(bytes, 8192)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
