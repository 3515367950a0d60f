package io.onedump.binlog.event;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * Walks through the events of one binlog file and checks each: length, checksum, position. The event at hand lies in
 * {@link #bytes()} from {@link #at()}, valid until {@link #next()}; of events beyond 1 MiB only the beginning is kept.
 */
public final class EventReader implements Closeable {

    /** What every file begins with. */
    public static final int MAGIC_LENGTH = 4;
    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};
    private static final int SIZE = 1 << 20;
    /** Many files are looked through at once, and few have an event that needs more. */
    private static final int USUAL = 64 << 10;
    private static final int TAIL = 64 * 1024;

    private final String file;
    private final InputStream in;
    private byte[] buffer = new byte[USUAL];
    private final CRC32 crc = new CRC32();
    private int from;
    private int filled;
    private int at;
    private int kept;
    private long offset = MAGIC_LENGTH;
    private long length;
    private FormatDescription format;

    /** @param file name for messages */
    public EventReader(String file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        if (!fill(MAGIC_LENGTH)) {
            throw new CorruptBinlogException(file, 0, "the file has " + filled + " bytes and no binlog header");
        }
        for (int i = 0; i < MAGIC_LENGTH; i++) {
            if (buffer[i] != MAGIC[i]) {
                throw new CorruptBinlogException(file, 0, "not a binlog file: it does not begin with fe 62 69 6e");
            }
        }
        from = MAGIC_LENGTH;
    }

    /**
     * Moves to the next event.
     *
     * @return false at the end of the file, when it falls between two events
     * @throws CorruptBinlogException when the event is broken
     */
    public boolean next() throws IOException {
        offset += length;
        length = 0;
        if (!fill(EventHeader.LENGTH)) {
            if (filled > from) {
                throw broken("the file ends " + (filled - from) + " bytes into an event's header");
            }
            return false;
        }
        long announced = EventHeader.length(buffer, from);
        if (announced < EventHeader.LENGTH) {
            throw broken("an event of impossible length " + announced);
        }
        kept = (int) Math.min(announced, SIZE);
        if (!fill(kept)) {
            throw broken("the file ends " + (filled - from) + " bytes into an event of " + announced);
        }
        at = from;
        from += kept;
        check(announced);
        length = announced;
        return true;
    }

    private void check(long announced) throws IOException {
        if (format == null) {
            if (type() != EventType.FORMAT_DESCRIPTION) {
                throw broken("the first event is of type " + type() + ", not a format description");
            }
            format = FormatDescription.parse(buffer, at, kept);
        }
        boolean isFormat = type() == EventType.FORMAT_DESCRIPTION;
        long position = EventHeader.nextPosition(buffer, at);
        if (position != 0 && position != (offset + announced & 0xffffffffL)) {
            throw broken("the event says that it ends at " + position + ", but it ends at " + (offset + announced));
        }
        long stored = checksum(announced, isFormat);
        if ((format.checksums() || isFormat) && stored != crc.getValue()) {
            throw broken(String.format("checksum %08x, but the event says %08x", crc.getValue(), stored));
        }
    }

    /** Leaves the computed checksum in {@link #crc} and answers the stored one; reads on through long events. */
    private long checksum(long announced, boolean isFormat) throws IOException {
        crc.reset();
        if (isFormat) {
            // The server computes it with this bit cleared, and sets the bit on disk only.
            buffer[at + EventHeader.FLAGS_AT] &= ~EventHeader.FLAG_IN_USE;
        }
        if (announced == kept) {
            crc.update(buffer, at, Math.max(0, kept - EventHeader.CHECKSUM));
            return EventHeader.uint32(buffer, at + kept - EventHeader.CHECKSUM);
        }
        return longEvent(announced);
    }

    private long longEvent(long announced) throws IOException {
        crc.update(buffer, at, kept);
        byte[] tail = new byte[TAIL];
        long left = announced - kept;
        // The checksum itself may begin in the part that is kept.
        if (left < EventHeader.CHECKSUM) {
            crc.reset();
            crc.update(buffer, at, kept - (EventHeader.CHECKSUM - (int) left));
        }
        byte[] last = new byte[EventHeader.CHECKSUM];
        System.arraycopy(buffer, at + kept - last.length, last, 0, last.length);
        while (left > 0) {
            int read = in.read(tail, 0, (int) Math.min(tail.length, left));
            if (read < 0) {
                throw broken("the file ends " + (announced - left) + " bytes into an event of " + announced);
            }
            int body = (int) Math.max(0, Math.min(read, left - EventHeader.CHECKSUM));
            crc.update(tail, 0, body);
            left -= read;
            shift(last, tail, read);
        }
        return EventHeader.uint32(last, 0);
    }

    private static void shift(byte[] last, byte[] bytes, int count) {
        int fresh = Math.min(count, last.length);
        System.arraycopy(last, fresh, last, 0, last.length - fresh);
        System.arraycopy(bytes, count - fresh, last, last.length - fresh, fresh);
    }

    /** Where the event at hand begins in its file. */
    public long offset() {
        return offset;
    }

    /** Where it ends: everything before is good. */
    public long end() {
        return offset + length;
    }

    public long length() {
        return length;
    }

    public byte[] bytes() {
        return buffer;
    }

    public int at() {
        return at;
    }

    /** How many of the event's bytes are at hand, without the checksum. */
    public int kept() {
        return length > kept ? kept : kept - (checksummed() ? EventHeader.CHECKSUM : 0);
    }

    /** Whether that is all of the event. */
    boolean isKeptWhole() {
        return length <= kept;
    }

    public int type() {
        return EventHeader.type(buffer, at);
    }

    /** Seconds since 1970. */
    public long time() {
        return EventHeader.time(buffer, at);
    }

    /** Of the file; null before the first event. */
    public FormatDescription format() {
        return format;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean checksummed() {
        return format.checksums() || type() == EventType.FORMAT_DESCRIPTION;
    }

    private CorruptBinlogException broken(String reason) {
        return new CorruptBinlogException(file, offset, reason);
    }

    private boolean fill(int bytes) throws IOException {
        if (filled - from >= bytes) {
            return true;
        }
        byte[] old = buffer;
        if (bytes > buffer.length) {
            buffer = new byte[SIZE];
        }
        System.arraycopy(old, from, buffer, 0, filled - from);
        filled -= from;
        from = 0;
        while (filled < bytes) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                return false;
            }
            filled += read;
        }
        return true;
    }
}
