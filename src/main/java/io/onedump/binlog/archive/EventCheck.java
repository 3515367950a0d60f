package io.onedump.binlog.archive;

import java.util.zip.CRC32;

import io.onedump.binlog.event.EventHeader;

/** Compares one event, which may come in parts, with the length and the checksum it should have. */
final class EventCheck {

    private final CRC32 crc = new CRC32();
    private long length;
    private long seen;
    private int checksummed;
    private long stored;

    /**
     * @param length    as the event's header has it
     * @param checksums whether its last bytes are a checksum
     */
    void begin(long length, boolean checksums) {
        this.length = length;
        this.checksummed = checksums ? EventHeader.CHECKSUM : 0;
        seen = 0;
        stored = 0;
        crc.reset();
    }

    void part(byte[] bytes, int from, int to) {
        long body = Math.max(0, Math.min(length - checksummed - seen, to - from));
        crc.update(bytes, from, (int) body);
        for (int i = from + (int) body; i < to; i++) {
            stored |= (bytes[i] & 0xffL) << 8 * (seen + i - from - (length - checksummed));
        }
        seen += to - from;
    }

    /** What is wrong with the event now that it has ended, or null. */
    String problem() {
        if (seen != length) {
            return "the server sent " + seen + " bytes of an event of " + length;
        }
        if (checksummed > 0 && stored != crc.getValue()) {
            return String.format("an event came with checksum %08x, but has %08x", stored, crc.getValue());
        }
        return null;
    }

    /**
     * Where an artificial event ends. It has a checksum or not depending on the file before it, on the server's version
     * and on the session, so the checksum itself tells.
     */
    static int withoutChecksum(byte[] bytes, int from, int to) {
        int end = to - EventHeader.CHECKSUM;
        CRC32 crc = new CRC32();
        crc.update(bytes, from, end - from);
        return crc.getValue() == EventHeader.uint32(bytes, end) ? end : to;
    }
}
