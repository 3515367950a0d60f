package io.onedump.binlog.archive;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;

/** A range of a local file that is compressed each time it is read, so that it needs no room on any disk. */
final class CompressedRange implements Artifact {

    private static final int BUFFER = 256 * 1024;

    private final String name;
    private final Path file;
    private final long start;
    private final long end;
    private final UploadSettings settings;
    private Digest digest;

    CompressedRange(String name, Path file, long start, long end, UploadSettings settings) {
        this.name = name;
        this.file = file;
        this.start = start;
        this.end = end;
        this.settings = settings;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InputStream open() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(start);
            return new Compressing(Channels.newInputStream(channel), end - start, settings);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public synchronized Digest digest() throws IOException {
        if (digest == null) {
            digest = Hasher.of(open());
        }
        return digest;
    }

    /** Compresses a bufferful whenever the one before is used up. */
    private static final class Compressing extends InputStream {

        private final InputStream in;
        private final byte[] plain = new byte[BUFFER];
        private final Drawer drawer = new Drawer();
        private final OutputStream compressor;
        private long left;
        private boolean ended;

        Compressing(InputStream in, long length, UploadSettings settings) throws IOException {
            this.in = in;
            this.left = length;
            this.compressor = settings.compression().compress(drawer, settings.level());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (drawer.isEmpty() && !ended) {
                fill();
            }
            return drawer.take(bytes, offset, length);
        }

        private void fill() throws IOException {
            if (left == 0) {
                ended = true;
                compressor.close();
                return;
            }
            int read = in.read(plain, 0, (int) Math.min(plain.length, left));
            if (read < 0) {
                throw new EOFException("the local file is " + left + " bytes shorter than what was written to it");
            }
            compressor.write(plain, 0, read);
            left -= read;
        }

        @Override
        public void close() throws IOException {
            try (in) {
                if (!ended) {
                    ended = true;
                    compressor.close();
                }
            }
        }
    }

    /** What was put in comes out. */
    private static final class Drawer extends ByteArrayOutputStream {

        private int taken;

        boolean isEmpty() {
            return taken == count;
        }

        int take(byte[] bytes, int offset, int length) {
            if (isEmpty()) {
                return -1;
            }
            int given = Math.min(length, count - taken);
            System.arraycopy(buf, taken, bytes, offset, given);
            taken += given;
            if (isEmpty()) {
                reset();
                taken = 0;
            }
            return given;
        }
    }
}
