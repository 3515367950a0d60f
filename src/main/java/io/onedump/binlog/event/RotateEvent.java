package io.onedump.binlog.event;

import java.nio.charset.StandardCharsets;

/** Names the file, and the offset in it, that the next event comes from. */
public record RotateEvent(BinlogName file, long offset) {

    private static final int NAME_AT = EventHeader.LENGTH + 8;

    /** @param length of the whole event without its checksum */
    public static RotateEvent parse(byte[] bytes, int at, int length) {
        String name = new String(bytes, at + NAME_AT, length - NAME_AT, StandardCharsets.UTF_8);
        return new RotateEvent(BinlogName.parse(name), EventHeader.uint64(bytes, at + EventHeader.LENGTH));
    }
}
