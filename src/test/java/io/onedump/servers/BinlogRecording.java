package io.onedump.servers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventType;

/**
 * A binlog file that a server wrote, and how any number of other servers would have written it, as each of any number
 * of files: with their server id in each event, and the next file's name at the end.
 */
public final class BinlogRecording {

    static final int MAGIC = 4;

    private static final int SERVER_ID_AT = 5;
    private static final int ROTATE_NAME_AT = EventHeader.LENGTH + 8;

    private final byte[] file;
    private final int[] starts;

    private BinlogRecording(byte[] file, int[] starts) {
        this.file = file;
        this.starts = starts;
    }

    /** @param file with checksums, and closed by the server: it ends in a ROTATE event */
    public static BinlogRecording of(byte[] file) {
        int[] starts = new int[file.length / EventHeader.LENGTH];
        int events = 0;
        int at = MAGIC;
        while (at < file.length) {
            starts[events++] = at;
            at += (int) EventHeader.length(file, at);
        }
        if (events == 0 || at != file.length
                || EventHeader.type(file, starts[events - 1]) != EventType.ROTATE) {
            throw new IllegalArgumentException("no binlog file that a server has closed");
        }
        return new BinlogRecording(file, Arrays.copyOf(starts, events));
    }

    /** How many events each file has. */
    public int events() {
        return starts.length;
    }

    /** Where an event begins in its file, or, for the number of events, where the file ends. */
    int offset(int event) {
        return event == starts.length ? file.length : starts[event];
    }

    /** The event that begins there. */
    int eventAt(long offset) {
        int event = Arrays.binarySearch(starts, (int) offset);
        return offset == file.length ? starts.length : event;
    }

    /** The server's version, as its greeting has it. */
    String version() {
        int at = starts[0] + EventHeader.LENGTH + 2;
        return new String(file, at, 50, StandardCharsets.US_ASCII).replaceFirst("\0.*", "");
    }

    /** One event as that server writes it into that file. */
    byte[] event(int event, long serverId, BinlogName into) {
        byte[] bytes = Arrays.copyOfRange(file, starts[event], offset(event + 1));
        if (event == starts.length - 1) {
            byte[] next = into.next().toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(next, 0, bytes, ROTATE_NAME_AT, next.length);
        }
        return signed(bytes, serverId);
    }

    private static byte[] signed(byte[] event, long serverId) {
        ByteBuffer buffer = ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(SERVER_ID_AT, (int) serverId);
        CRC32 crc = new CRC32();
        crc.update(event, 0, event.length - EventHeader.CHECKSUM);
        return buffer.putInt(event.length - EventHeader.CHECKSUM, (int) crc.getValue()).array();
    }

    /** What a server sends before the first event of a file, which no file holds. */
    static byte[] rotateTo(BinlogName to, long offset, long serverId) {
        byte[] name = to.toString().getBytes(StandardCharsets.US_ASCII);
        return signed(madeUp(EventType.ROTATE, ByteBuffer.allocate(8 + name.length).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(offset).put(name).array()), serverId);
    }

    /** What a server sends while there is nothing new. */
    static byte[] heartbeat(BinlogName in, long serverId) {
        return signed(madeUp(EventType.HEARTBEAT, in.toString().getBytes(StandardCharsets.US_ASCII)), serverId);
    }

    private static byte[] madeUp(int type, byte[] body) {
        int length = EventHeader.LENGTH + body.length + EventHeader.CHECKSUM;
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putInt(0).put((byte) type).putInt(0)
                .putInt(length).putInt(0).putShort((short) EventHeader.FLAG_ARTIFICIAL).put(body).array();
    }
}
