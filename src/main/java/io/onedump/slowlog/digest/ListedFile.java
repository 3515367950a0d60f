package io.onedump.slowlog.digest;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The listed classes of a digest that has too many for the memory, packed, in a file of the work folder; each can be
 * read alone. Long statements so take room there and none in the memory.
 */
final class ListedFile implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final Scratch scratch;
    private Path path;
    private FileChannel file;
    private ByteBuffer unwritten;
    private long written;

    /** @param scratch where the file is made when there is something to add; closed with it */
    ListedFile(Scratch scratch) {
        this.scratch = scratch;
    }

    private void open() throws IOException {
        path = scratch.newFile("listed");
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw ClassRun.unwritable(path, e);
        }
        unwritten = ByteBuffer.allocate(BUFFER);
    }

    /** @return where it is, for {@link #read} after {@link #end} */
    long add(byte[] packed) throws IOException {
        if (file == null) {
            open();
        }
        if (packed.length > unwritten.remaining()) {
            write();
        }
        if (packed.length > unwritten.capacity()) {
            unwritten = ByteBuffer.allocate(packed.length);
        }
        long at = written + unwritten.position();
        unwritten.put(packed);
        return at;
    }

    private void write() throws IOException {
        unwritten.flip();
        try {
            while (unwritten.hasRemaining()) {
                written += file.write(unwritten);
            }
        } catch (IOException e) {
            throw ClassRun.unwritable(path, e);
        }
        unwritten.clear();
    }

    /** Nothing is added any more. */
    void end() throws IOException {
        if (file != null) {
            write();
            unwritten = null;
        }
    }

    byte[] read(long at, int length) throws IOException {
        ByteBuffer packed = ByteBuffer.allocate(length);
        while (packed.hasRemaining()) {
            if (file.read(packed, at + packed.position()) < 0) {
                throw new EOFException("file " + path + " was shortened while it was in use");
            }
        }
        return packed.array();
    }

    /** Removes the file, and what else is in the scratch. */
    @Override
    public void close() throws IOException {
        try (scratch) {
            if (file != null) {
                file.close();
                Files.deleteIfExists(path);
            }
        }
    }
}
