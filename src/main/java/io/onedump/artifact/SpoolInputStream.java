package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** One reader of a {@link Spool}: blocks at the writer's position, ends where the writer ended. */
final class SpoolInputStream extends InputStream {

    private final Spool spool;
    private final FileChannel channel;
    private long position;

    SpoolInputStream(Spool spool, long offset) throws IOException {
        this.spool = spool;
        this.channel = FileChannel.open(spool.file(), StandardOpenOption.READ);
        this.position = offset;
    }

    @Override
    public int read() throws IOException {
        return BulkInputStream.single(this);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (spool.awaitBytes(position + 1) <= position) {
            return -1;
        }
        int wanted = (int) Math.min(length, spool.available() - position);
        int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
        if (read < 0) {
            throw new IOException("spool file " + spool.file() + " is shorter than what was written to it");
        }
        position += read;
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long target = spool.awaitBytes(Math.addExact(position, Math.max(0, bytes)));
        long skipped = Math.max(0, target - position);
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, spool.available() - position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
