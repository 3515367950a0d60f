package io.onedump.binlog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.CorruptBinlogException;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.binlog.event.FormatDescription;
import io.onedump.binlog.event.RotateEvent;
import io.onedump.binlog.source.EventSink;

/**
 * Turns a server's stream back into its files, byte for byte: checks every event, leaves out the artificial ones, and
 * begins a new file where the stream says so. Other threads may ask for {@link #progress()}.
 */
final class SpoolWriter implements EventSink, Closeable {

    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};
    private static final int BUFFER = 1 << 20;

    private final SpoolFolder folder;
    private final Runnable closedOne;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final CRC32 crc = new CRC32();
    private volatile Progress progress;

    private BinlogName file;
    private FileChannel channel;
    private long offset;
    private boolean checksums;
    private String format = "";
    private String version = "";
    private long first;
    private long last;

    private boolean skipped;
    private long length;
    private long seen;
    private int checksummed;
    private long stored;

    /** @param closedOne told after each file that has become whole */
    SpoolWriter(SpoolFolder folder, Runnable closedOne) {
        this.folder = folder;
        this.closedOne = closedOne;
    }

    /** Goes on where a file ends that an earlier writer began. */
    void resume(FileScan scan) throws IOException {
        file = scan.file();
        channel = FileChannel.open(folder.part(file), StandardOpenOption.WRITE);
        if (scan.format() == null) {
            begin();
            return;
        }
        offset = scan.good();
        channel.position(offset);
        first = scan.first().getEpochSecond();
        last = scan.last().getEpochSecond();
        describe(scan.format(), 0, scan.format().length);
        publish();
    }

    private void begin() throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(MAGIC));
        offset = EventReader.MAGIC_LENGTH;
        format = "";
        last = 0;
    }

    @Override
    public void part(byte[] bytes, int from, int to, boolean begins, boolean ends) throws IOException {
        if (begins) {
            header(bytes, from, to, ends);
        }
        seen += to - from;
        if (!skipped) {
            checksum(bytes, from, to);
            append(bytes, from, to - from);
        }
        if (ends) {
            finish(bytes, from, to);
        }
    }

    private void header(byte[] bytes, int from, int to, boolean ends) throws IOException {
        seen = 0;
        stored = 0;
        crc.reset();
        if (to - from < EventHeader.LENGTH) {
            throw broken("the server sent an event of " + (to - from) + " bytes");
        }
        length = EventHeader.length(bytes, from);
        int type = EventHeader.type(bytes, from);
        skipped = isMadeUp(type, EventHeader.flags(bytes, from));
        if (skipped) {
            if (type == EventType.ROTATE) {
                rotate(RotateEvent.parse(bytes, from, withoutChecksum(bytes, from, to) - from));
            }
            return;
        }
        if (file == null) {
            throw new IOException("the server sent an event before it named the file");
        }
        long position = EventHeader.nextPosition(bytes, from);
        if (position != 0 && position != (offset + length & 0xffffffffL)) {
            throw broken("the server sent an event that ends at " + position + " where one ending at"
                    + " " + (offset + length)
                    + " was due");
        }
        if (type == EventType.FORMAT_DESCRIPTION) {
            if (!ends) {
                throw broken("the server sent a format description of " + length + " bytes");
            }
            first = EventHeader.time(bytes, from);
            describe(bytes, from, to);
        } else if (format.isEmpty()) {
            throw broken("the server sent an event of type " + type + " before the format description");
        }
        checksummed = checksums || type == EventType.FORMAT_DESCRIPTION ? EventHeader.CHECKSUM : 0;
        last = Math.max(last, EventHeader.time(bytes, from));
    }

    /**
     * Whether the server made an event up for this connection; a repeated format description carries no flag for it.
     */
    private boolean isMadeUp(int type, int flags) {
        return type == EventType.HEARTBEAT || type == EventType.HEARTBEAT_V2
                || type == EventType.ROTATE && (flags & EventHeader.FLAG_ARTIFICIAL) != 0
                || type == EventType.FORMAT_DESCRIPTION && offset > EventReader.MAGIC_LENGTH;
    }

    /**
     * Where an artificial event ends. It has a checksum or not depending on the file before it, on the server's version
     * and on the session, so the checksum itself tells.
     */
    private static int withoutChecksum(byte[] bytes, int from, int to) {
        int end = to - EventHeader.CHECKSUM;
        CRC32 crc = new CRC32();
        crc.update(bytes, from, end - from);
        return crc.getValue() == EventHeader.uint32(bytes, end) ? end : to;
    }

    private void describe(byte[] bytes, int from, int to) throws IOException {
        FormatDescription description = FormatDescription.parse(bytes, from, to - from);
        checksums = description.checksums();
        version = description.serverVersion();
        format = FileScan.digest(Arrays.copyOfRange(bytes, from, to));
    }

    private void checksum(byte[] bytes, int from, int to) {
        long before = seen - (to - from);
        long body = Math.max(0, Math.min(length - checksummed - before, to - from));
        crc.update(bytes, from, (int) body);
        for (int i = from + (int) body; i < to; i++) {
            stored |= (bytes[i] & 0xffL) << 8 * (before + i - from - (length - checksummed));
        }
    }

    private void finish(byte[] bytes, int from, int to) throws IOException {
        if (skipped) {
            return;
        }
        if (seen != length) {
            throw broken("the server sent " + seen + " bytes of an event of " + length);
        }
        if (checksummed > 0 && stored != crc.getValue()) {
            throw broken(String.format("an event came with checksum %08x, but has %08x", stored, crc.getValue()));
        }
        offset += length;
    }

    private void append(byte[] bytes, int from, int count) throws IOException {
        if (count > buffer.remaining()) {
            drain();
        }
        if (count > buffer.capacity()) {
            write(ByteBuffer.wrap(bytes, from, count));
        } else {
            buffer.put(bytes, from, count);
        }
    }

    /** What comes next is at this place: where we are, or the start of another file. */
    private void rotate(RotateEvent to) throws IOException {
        if (to.file().equals(file) && to.offset() == offset) {
            return;
        }
        if (to.file().equals(file) || to.offset() != EventReader.MAGIC_LENGTH) {
            throw new IOException("the server goes on at " + to.file() + ":" + to.offset() + ", but we have"
                    + " " + file + ":"
                    + offset);
        }
        BinlogName whole = file;
        if (whole != null) {
            sync();
            channel.close();
        }
        file = to.file();
        channel = FileChannel.open(folder.part(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        begin();
        folder.sync();
        if (whole != null) {
            folder.close(whole);
            closedOne.run();
        }
    }

    @Override
    public void idle() throws IOException {
        drain();
    }

    /** Only called between events. */
    @Override
    public void sync() throws IOException {
        drain();
        channel.force(false);
    }

    private void drain() throws IOException {
        buffer.flip();
        write(buffer);
        buffer.clear();
        publish();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void publish() {
        if (file != null && !format.isEmpty() && offset > EventReader.MAGIC_LENGTH) {
            progress = new Progress(file, offset, format, version, Instant.ofEpochSecond(first),
                    Instant.ofEpochSecond(last));
        }
    }

    /** How far the open file has come on disk; null before its first event. */
    Progress progress() {
        return progress;
    }

    @Override
    public String file() {
        return file == null ? null : file.toString();
    }

    @Override
    public long offset() {
        return offset;
    }

    /** Leaves complete events only. */
    @Override
    public void close() throws IOException {
        if (channel == null || !channel.isOpen()) {
            return;
        }
        try (FileChannel open = channel) {
            drain();
            open.truncate(offset);
        }
    }

    private CorruptBinlogException broken(String reason) {
        return new CorruptBinlogException(String.valueOf(file), offset, reason);
    }
}
