package io.onedump.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;

/** Reads a file again while it is still being written, so that little is left to read at its end. */
final class WrittenBytes implements Closeable {

    private static final int BUFFER = 256 * 1024;

    private final FileChannel channel;
    private final Hasher hasher = new Hasher();
    private byte[] buffer = {};
    private long position;

    WrittenBytes(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /** Reads on up to {@code end}, or to the file's own end where that comes first. */
    void follow(long end) throws IOException {
        int size = (int) Math.min(BUFFER, end - position);
        if (size > buffer.length) {
            buffer = new byte[size];
        }
        while (position < end) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - position));
            int read = channel.read(bytes, position);
            if (read < 0) {
                return;
            }
            hasher.update(buffer, 0, read);
            position += read;
        }
    }

    /** What was read. Called once, at the end. */
    Digest digest() {
        return hasher.digest();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
