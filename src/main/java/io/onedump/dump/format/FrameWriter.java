package io.onedump.dump.format;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.onedump.artifact.Compression;
import io.onedump.artifact.ZstdLibrary;

/**
 * Writes a dump as it comes, frame after frame, from any number of threads; memory is a few bytes a frame. What it
 * writes is a dump only when {@link #finish} has returned.
 */
public final class FrameWriter {

    /** Writes the SQL of one frame. */
    public interface Content {
        void writeTo(OutputStream sql) throws IOException;
    }

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final OutputStream out;
    private final int level;
    private final List<Frame> frames = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long offset;
    private IOException failure;

    /** @param level of zstd, null for the default */
    public FrameWriter(OutputStream out, Integer level) throws IOException {
        ZstdLibrary.load();
        this.out = out;
        this.level = Compression.ZSTD.level(level);
    }

    /** For one thread that has much to write. */
    public FrameCompressor compressor() {
        return new FrameCompressor(this, level);
    }

    /** A frame with a few statements. */
    public int frame(String sql) throws IOException {
        return frame(sql.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame with a few statements. */
    public int frame(byte[] sql) throws IOException {
        try (FrameCompressor compressor = compressor()) {
            return compressor.frame(sql, sql.length);
        }
    }

    /**
     * A frame of any size, which goes out while it is written; all others wait. For what does not fit into memory.
     *
     * @return the frame's number
     */
    public int stream(Content content) throws IOException {
        lock.lock();
        try {
            check();
            Tail tail = new Tail(out);
            Counting plain = new Counting(Compression.ZSTD.compress(tail, level));
            content.writeTo(plain);
            plain.close();
            return add(tail.count, plain.count, tail.last());
        } catch (IOException | RuntimeException | Error e) {
            // Half a frame is in the file: nothing may follow it.
            failure = new IOException("an earlier frame was not completed", e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    int append(byte[] compressed, int size, int plainSize) throws IOException {
        lock.lock();
        try {
            check();
            out.write(compressed, 0, size);
            return add(size, plainSize, (int) INT.get(compressed, size - 4));
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Writes table index and seek table behind the last frame; the stream stays open. */
    public void finish(DumpIndex index) throws IOException {
        lock.lock();
        try {
            check();
            byte[] json = IndexJson.write(index).getBytes(StandardCharsets.UTF_8);
            byte[] frame = SeekTable.skippable(SeekTable.INDEX_MAGIC, json);
            out.write(frame);
            add(frame.length, 0, (int) Xxh64.hash(json, 0, json.length));
            out.write(SeekTable.write(frames));
            out.flush();
            failure = new IOException("the dump is at its end");
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of SQL until now. */
    public long plainBytes() {
        lock.lock();
        try {
            return frames.stream().mapToLong(Frame::plainSize).sum();
        } finally {
            lock.unlock();
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private int add(long size, long plainSize, int checksum) {
        Frame frame = new Frame(frames.size(), offset, size, plainSize, checksum);
        frames.add(frame);
        offset += size;
        return frame.number();
    }

    /** Counts what passes. */
    private static class Counting extends FilterOutputStream {

        long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }

    /** Remembers the last four bytes, a frame's checksum. Closing leaves what is below open. */
    private static final class Tail extends Counting {

        private int last;

        Tail(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            super.write(bytes, offset, length);
            for (int i = Math.max(0, length - 4); i < length; i++) {
                last = last >>> 8 | bytes[offset + i] << 24;
            }
        }

        int last() {
            return last;
        }

        @Override
        public void close() {
            // The compressor closes what it writes to.
        }
    }
}
