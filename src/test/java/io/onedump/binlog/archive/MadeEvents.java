package io.onedump.binlog.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventType;

/** Events and files as MySQL writes them, made by hand. */
final class MadeEvents {

    private static final long EARLY = 1_000_000;

    private MadeEvents() {
    }

    /** A file of a format description and one statement. */
    static byte[] file(long seconds) {
        byte[] start = concat(magic(), format(4, seconds));
        return concat(start, event(EventType.QUERY, 0, new byte[30], start.length, true, seconds));
    }

    /** The same, which the server has closed. */
    static byte[] closedFile() {
        byte[] open = file(EARLY);
        byte[] rotate = rotation("binlog.000002", 4);
        return concat(open, event(EventType.ROTATE, 0, rotate, open.length, true));
    }

    static byte[] magic() {
        return new byte[] {(byte) 0xfe, 'b', 'i', 'n'};
    }

    /** @param at where it begins in its file; 0 for one that is repeated in the middle of a stream */
    static byte[] format(int at) {
        return format(at, EARLY);
    }

    static byte[] format(int at, long seconds) {
        byte[] body = new byte[2 + 50 + 4 + 1 + 40 + 1];
        body[0] = 4;
        System.arraycopy("8.0.31".getBytes(StandardCharsets.US_ASCII), 0, body, 2, 6);
        body[body.length - 1] = 1;
        return event(EventType.FORMAT_DESCRIPTION, 0, body, at == 0 ? -1 : at, true, seconds);
    }

    static byte[] rotate(String file, long offset, boolean checksum) {
        return event(EventType.ROTATE, EventHeader.FLAG_ARTIFICIAL, rotation(file, offset), -1, checksum);
    }

    private static byte[] rotation(String file, long offset) {
        byte[] name = file.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + name.length).order(ByteOrder.LITTLE_ENDIAN).putLong(offset).put(name).array();
    }

    /** @param at where it begins; -1 for a position of zero */
    static byte[] event(int type, int flags, byte[] body, int at, boolean checksum) {
        return event(type, flags, body, at, checksum, EARLY);
    }

    private static byte[] event(int type, int flags, byte[] body, int at, boolean checksum, long seconds) {
        int length = EventHeader.LENGTH + body.length + (checksum ? 4 : 0);
        ByteBuffer event = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        event.putInt((int) seconds).put((byte) type).putInt(1).putInt(length).putInt(at < 0 ? 0 : at + length)
                .putShort((short) flags);
        event.put(body);
        if (checksum) {
            CRC32 crc = new CRC32();
            crc.update(event.array(), 0, length - 4);
            event.putInt((int) crc.getValue());
        }
        return event.array();
    }

    static byte[] concat(byte[]... parts) {
        ByteBuffer whole = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(whole::put);
        return whole.array();
    }
}
