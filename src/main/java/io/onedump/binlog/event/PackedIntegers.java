package io.onedump.binlog.event;

/** Reads the protocol's length-encoded integers one after the other. */
final class PackedIntegers {

    private final byte[] bytes;
    private int at;

    PackedIntegers(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    long next() {
        long value = peek();
        at += width();
        return value;
    }

    long peek() {
        int head = bytes[at] & 0xff;
        return switch (head) {
            case 0xfc -> little(2);
            case 0xfd -> little(3);
            case 0xfe -> little(8);
            default -> head;
        };
    }

    void skip(long count) {
        at += Math.toIntExact(count);
    }

    int at() {
        return at;
    }

    private int width() {
        return switch (bytes[at] & 0xff) {
            case 0xfc -> 3;
            case 0xfd -> 4;
            case 0xfe -> 9;
            default -> 1;
        };
    }

    private long little(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[at + 1 + i] & 0xffL) << 8 * i;
        }
        return value;
    }
}
