package io.onedump.dump.format;

import java.io.IOException;
import java.io.InputStream;

import com.github.luben.zstd.ZstdIOException;
import io.onedump.artifact.BulkInputStream;

/** The SQL of a frame, which has to be as long as the seek table says and has to have its checksum. */
final class CheckedFrame extends BulkInputStream {

    private final Frame frame;
    private final Xxh64 hash = new Xxh64();
    private long count;

    CheckedFrame(InputStream sql, Frame frame) {
        super(sql);
        this.frame = frame;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = decompressed(bytes, offset, length);
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

    private int decompressed(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (ZstdIOException e) {
            throw new IOException("frame " + frame.number() + " is damaged: " + e.getMessage(), e);
        }
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
