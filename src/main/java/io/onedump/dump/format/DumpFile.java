package io.onedump.dump.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Compression;

/**
 * A native dump as its reader sees it: the table index, and each frame by itself. Nothing else of the file is read, and
 * what is read is checked: the index and the seek table by their form and checksum, a frame by its own checksum.
 */
public final class DumpFile {

    /** The first read from the end: enough for index and seek table of most dumps. */
    private static final int END = 64 * 1024;
    private static final int LONGEST_INDEX = 512 << 20;

    private final ByteRanges bytes;
    private final List<Frame> frames;
    private final DumpIndex index;

    private DumpFile(ByteRanges bytes, List<Frame> frames, DumpIndex index) {
        this.bytes = bytes;
        this.frames = frames;
        this.index = index;
    }

    /** @throws IOException saying why it cannot be a whole native dump; the caller names the file */
    public static DumpFile open(ByteRanges bytes) throws IOException {
        long size = bytes.size();
        byte[] end = read(bytes, Math.max(0, size - END), (int) Math.min(END, size));
        if (end.length < SeekTable.SKIPPABLE_HEAD + SeekTable.FOOTER) {
            throw new IOException("it has " + size + " bytes: it is no native dump");
        }
        long tableSize = SeekTable.size(Arrays.copyOfRange(end, end.length - SeekTable.FOOTER, end.length));
        if (tableSize > size || tableSize > LONGEST_INDEX) {
            throw new IOException("its seek table would be larger than the file: it is damaged");
        }
        List<Frame> frames = SeekTable.read(last(bytes, end, size, tableSize));
        Frame last = frames.isEmpty() ? null : frames.get(frames.size() - 1);
        if (last == null || last.offset() + last.size() + tableSize != size) {
            throw new IOException("its frames do not add up to its size of " + size + " bytes: it is damaged");
        }
        if (last.size() > LONGEST_INDEX) {
            throw new IOException("its table index would have " + last.size() + " bytes: it is damaged");
        }
        byte[] both = last(bytes, end, size, tableSize + last.size());
        return new DumpFile(bytes, frames, index(last, both, frames.size() - 1));
    }

    private static DumpIndex index(Frame frame, byte[] from, int frames) throws IOException {
        int length = (int) frame.size() - SeekTable.SKIPPABLE_HEAD;
        ByteBuffer head = ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN);
        if (length < 0 || head.getInt() != SeekTable.INDEX_MAGIC || head.getInt() != length) {
            throw new IOException("it has no table index before its seek table: it is no native dump");
        }
        byte[] json = Arrays.copyOfRange(from, SeekTable.SKIPPABLE_HEAD, SeekTable.SKIPPABLE_HEAD + length);
        if ((int) Xxh64.hash(json, 0, length) != frame.checksum()) {
            throw new IOException("its table index does not have its checksum: it is damaged");
        }
        DumpIndex index = IndexJson.read(json);
        boolean known = index.parts().stream().allMatch(part -> part.frame() >= 0 && part.frame() < frames)
                && index.tables().stream().flatMap(table -> table.pieces().stream())
                        .allMatch(piece -> piece.frame() >= 0 && piece.frame() < frames);
        if (!known) {
            throw new IOException("its table index names frames that it does not have");
        }
        return index;
    }

    /** Whether the SQL that begins so is of a native dump. */
    public static boolean isHead(byte[] sql) {
        return new String(sql, StandardCharsets.ISO_8859_1).matches("(?s)-- [^\n]*: native dump, .*");
    }

    /** Whether reading it twice costs little. */
    public boolean isNear() {
        return bytes.isNear();
    }

    /** The same for the same dump: size and checksum of its index, which tells of all rows where they are. */
    public String identity() {
        Frame last = frames.get(frames.size() - 1);
        return String.format("%x-%x-%08x", last.offset(), last.size(), last.checksum());
    }

    public DumpIndex index() {
        return index;
    }

    /** Those with SQL, in the order of the file. */
    public List<Frame> frames() {
        return frames.subList(0, frames.size() - 1);
    }

    /** The frame of that number. */
    public Frame frame(int number) {
        return frames().get(number);
    }

    /** Of a table's rows, as SQL. */
    public long bytes(DumpIndex.Table table) {
        return table.pieces().stream().mapToLong(piece -> frame(piece.frame()).plainSize()).sum();
    }

    /** The same as it is stored. */
    public long storedBytes(DumpIndex.Table table) {
        return table.pieces().stream().mapToLong(piece -> frame(piece.frame()).size()).sum();
    }

    /** The SQL of one frame. A damaged one fails the stream at the latest at its end. */
    public InputStream sql(Frame frame) throws IOException {
        InputStream stored = bytes.open(frame.offset(), frame.size());
        return new CheckedFrame(Compression.ZSTD.decompress(new Bounded(stored, frame.size())), frame);
    }

    private static byte[] last(ByteRanges bytes, byte[] end, long size, long count) throws IOException {
        if (count > size) {
            throw new IOException("its index would be larger than the file: it is damaged");
        }
        if (count <= end.length) {
            return Arrays.copyOfRange(end, end.length - (int) count, end.length);
        }
        byte[] more = read(bytes, size - count, Math.toIntExact(count - end.length));
        byte[] whole = Arrays.copyOf(more, more.length + end.length);
        System.arraycopy(end, 0, whole, more.length, end.length);
        return whole;
    }

    private static byte[] read(ByteRanges bytes, long offset, int length) throws IOException {
        try (InputStream in = bytes.open(offset, length)) {
            byte[] read = in.readNBytes(length);
            if (read.length < length) {
                throw new IOException("it ends before its size: it is cut off");
            }
            return read;
        }
    }
}
