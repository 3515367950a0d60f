package io.onedump.binlog.replica;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventType;

/** Makes the events that no file holds but a replica waits for, and changes a few that files hold. */
final class EventForge {

    private static final int CREATED_AT = EventHeader.LENGTH + 2 + 50;
    private static final int GTID_AT = EventHeader.LENGTH + 1;
    private static final int GTID_LENGTH = 24;
    private static final int TYPE_AT = 4;
    private static final int NEXT_POSITION_AT = 13;

    private final int serverId;

    EventForge(int serverId) {
        this.serverId = serverId;
    }

    /** What follows comes from this place. */
    byte[] rotate(String file, long offset, boolean checksum) {
        byte[] name = file.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(8 + name.length).order(ByteOrder.LITTLE_ENDIAN).putLong(offset).put(name);
        return event(EventType.ROTATE, body.array(), 0, EventHeader.FLAG_ARTIFICIAL, checksum);
    }

    /** Nothing new after this place. */
    byte[] heartbeat(String file, long offset, boolean checksum) {
        return event(EventType.HEARTBEAT, file.getBytes(StandardCharsets.UTF_8), offset, 0, checksum);
    }

    private byte[] event(int type, byte[] body, long nextPosition, int flags, boolean checksum) {
        int length = EventHeader.LENGTH + body.length + (checksum ? EventHeader.CHECKSUM : 0);
        ByteBuffer event = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        event.putInt(0).put((byte) type).putInt(serverId).putInt(length).putInt((int) nextPosition)
                .putShort((short) flags);
        event.put(body);
        return checksum ? sealed(event.array()) : event.array();
    }

    /**
     * A format description in the middle of a file: replicas drop temporary tables when it says when the server
     * started.
     */
    static byte[] repeated(byte[] formatDescription) {
        byte[] copy = formatDescription.clone();
        Arrays.fill(copy, CREATED_AT, CREATED_AT + 4, (byte) 0);
        Arrays.fill(copy, NEXT_POSITION_AT, NEXT_POSITION_AT + 4, (byte) 0);
        return sealed(copy);
    }

    /** A transaction without its GTID: a server that has seen it would skip the transaction without a word. */
    static byte[] anonymous(byte[] gtid, boolean checksum) {
        byte[] copy = gtid.clone();
        copy[TYPE_AT] = EventType.ANONYMOUS_GTID;
        Arrays.fill(copy, GTID_AT, GTID_AT + GTID_LENGTH, (byte) 0);
        return checksum ? sealed(copy) : copy;
    }

    private static byte[] sealed(byte[] event) {
        CRC32 crc = new CRC32();
        crc.update(event, 0, event.length - EventHeader.CHECKSUM);
        ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN).putInt(event.length - EventHeader.CHECKSUM,
                (int) crc.getValue());
        return event;
    }
}
