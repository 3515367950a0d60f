package io.onedump.binlog.event;

/**
 * Reads the 19 bytes that begin every event (binlog version 4), where they lie: time u32, type u8, server u32, length
 * u32, next position u32, flags u16, all little-endian.
 */
public final class EventHeader {

    public static final int LENGTH = 19;
    /** Length of the checksum at an event's end. */
    public static final int CHECKSUM = 4;
    /** In a format description: the file was not closed (yet). */
    public static final int FLAG_IN_USE = 0x01;
    /** The server made the event up for this stream; no file holds it. */
    public static final int FLAG_ARTIFICIAL = 0x20;
    /** Where the low byte of the flags lies. */
    public static final int FLAGS_AT = 17;

    private EventHeader() {
    }

    /** Seconds since 1970. */
    public static long time(byte[] bytes, int at) {
        return uint32(bytes, at);
    }

    public static int type(byte[] bytes, int at) {
        return bytes[at + 4] & 0xff;
    }

    public static long serverId(byte[] bytes, int at) {
        return uint32(bytes, at + 5);
    }

    /** Of the whole event, header and checksum included. */
    public static long length(byte[] bytes, int at) {
        return uint32(bytes, at + 9);
    }

    /**
     * Where the next event begins, modulo 2^32; 0 where the server does not say, as MariaDB does in cached
     * transactions.
     */
    public static long nextPosition(byte[] bytes, int at) {
        return uint32(bytes, at + 13);
    }

    public static int flags(byte[] bytes, int at) {
        return (bytes[at + FLAGS_AT] & 0xff) | (bytes[at + FLAGS_AT + 1] & 0xff) << 8;
    }

    public static long uint32(byte[] bytes, int at) {
        return (bytes[at] & 0xffL) | (bytes[at + 1] & 0xffL) << 8 | (bytes[at + 2] & 0xffL) << 16
                | (bytes[at + 3] & 0xffL) << 24;
    }

    public static long uint64(byte[] bytes, int at) {
        return uint32(bytes, at) | uint32(bytes, at + 4) << 32;
    }
}
