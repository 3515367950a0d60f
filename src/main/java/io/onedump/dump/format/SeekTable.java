package io.onedump.dump.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of all frames at the end of a dump, in zstd's seekable format, and the skippable frames that hold it and the
 * table index.
 *
 * @see <a href=
 *      "https://github.com/facebook/zstd/blob/dev/contrib/seekable_format/zstd_seekable_compression_format.md">the
 *      seekable format</a>
 */
final class SeekTable {

    static final int MAGIC = 0x184D2A5E;
    static final int INDEX_MAGIC = 0x184D2A50;
    static final int FOOTER_MAGIC = 0x8F92EAB1;
    static final int FOOTER = 9;
    static final int SKIPPABLE_HEAD = 8;

    private static final int WITH_CHECKSUMS = 0x80;
    private static final int ENTRY = 12;

    private SeekTable() {
    }

    /** A frame that a decompressor passes over. */
    static byte[] skippable(int magic, byte[] content) {
        return buffer(SKIPPABLE_HEAD + content.length).putInt(magic).putInt(content.length).put(content).array();
    }

    static byte[] write(List<Frame> frames) throws IOException {
        ByteBuffer table = buffer(Math.toIntExact((long) frames.size() * ENTRY + FOOTER));
        for (Frame frame : frames) {
            table.putInt(unsigned(frame.size())).putInt(unsigned(frame.plainSize())).putInt(frame.checksum());
        }
        table.putInt(frames.size()).put((byte) WITH_CHECKSUMS).putInt(FOOTER_MAGIC);
        return skippable(MAGIC, table.array());
    }

    /** How many bytes at the end of a file are the table's, by the file's last bytes. */
    static long size(byte[] footer) throws IOException {
        ByteBuffer end = buffer(footer);
        long frames = end.getInt() & 0xffffffffL;
        int descriptor = end.get() & 0xff;
        if (end.getInt() != FOOTER_MAGIC || descriptor != WITH_CHECKSUMS) {
            throw new IOException("it does not end with a seek table: it is no native dump, or it is cut off");
        }
        return SKIPPABLE_HEAD + frames * ENTRY + FOOTER;
    }

    /** @param table all of its bytes */
    static List<Frame> read(byte[] table) throws IOException {
        ByteBuffer bytes = buffer(table);
        if (bytes.getInt() != MAGIC || bytes.getInt() != table.length - SKIPPABLE_HEAD) {
            throw new IOException("its seek table has no beginning: it is damaged");
        }
        int count = (table.length - SKIPPABLE_HEAD - FOOTER) / ENTRY;
        List<Frame> frames = new ArrayList<>(count);
        long offset = 0;
        for (int number = 0; number < count; number++) {
            long size = bytes.getInt() & 0xffffffffL;
            if (size == 0) {
                throw new IOException("its seek table has a frame without bytes: it is damaged");
            }
            frames.add(new Frame(number, offset, size, bytes.getInt() & 0xffffffffL, bytes.getInt()));
            offset += size;
        }
        return frames;
    }

    private static int unsigned(long size) throws IOException {
        if (size > 0xffffffffL) {
            throw new IOException("a frame of " + size + " bytes is larger than the format can say");
        }
        return (int) size;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
