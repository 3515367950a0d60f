package io.onedump.dump.format;

import java.io.Closeable;
import java.io.IOException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** Makes zstd frames of SQL, each with its length and a checksum. Each thread has its own. */
public final class FrameCompressor implements Closeable {

    /** A frame's SQL has no more bytes, unless a single row has. */
    public static final int MOST_SQL = 8 << 20;

    private final FrameWriter writer;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] compressed = new byte[64 * 1024];

    FrameCompressor(FrameWriter writer, int level) {
        this.writer = writer;
        zstd.setLevel(level).setChecksum(true).setContentSize(true);
    }

    /**
     * Compresses whole statements and appends them as one frame.
     *
     * @return the frame's number
     */
    public int frame(byte[] sql, int length) throws IOException {
        int needed = Math.toIntExact(Zstd.compressBound(length));
        if (compressed.length < needed) {
            compressed = new byte[needed];
        }
        int size = zstd.compressByteArray(compressed, 0, compressed.length, sql, 0, length);
        return writer.append(compressed, size, length);
    }

    /** Frees memory outside the heap. */
    @Override
    public void close() {
        zstd.close();
    }
}
