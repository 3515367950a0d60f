package io.onedump.database.mysql;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the protocol's data types one after the other, from a packet's payload or from a binlog event. */
public final class Payload {

    private static final int NULL = 0xfb;

    private final byte[] bytes;
    private int at;

    Payload(byte[] bytes) {
        this(bytes, 0);
    }

    /** @param at where the first one begins */
    public Payload(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Where the next one begins. */
    public int at() {
        return at;
    }

    public void skip(long count) throws EOFException {
        if (count < 0 || count > bytes.length - at) {
            throw new EOFException(count + " bytes to skip in a packet that has " + (bytes.length - at) + " left");
        }
        at += (int) count;
    }

    /** Little-endian, 1 to 8 bytes. */
    long integer(int length) throws EOFException {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    /** Length-encoded; -1 for SQL's NULL. */
    public long lengthEncodedInteger() throws EOFException {
        int head = next();
        return switch (head) {
            case NULL -> -1;
            case 0xfc -> integer(2);
            case 0xfd -> integer(3);
            case 0xfe -> integer(8);
            default -> head;
        };
    }

    /** Length-encoded; null for SQL's NULL. */
    String lengthEncodedString() throws EOFException {
        long length = lengthEncodedInteger();
        return length < 0 ? null : string(length);
    }

    /** Length-encoded; null for SQL's NULL. */
    byte[] lengthEncodedBytes() throws EOFException {
        long length = lengthEncodedInteger();
        if (length < 0) {
            return null;
        }
        int from = at;
        skip(length);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /**
     * A length-encoded integer in the middle of other bytes, which is not NULL.
     *
     * @param at where its first byte is
     */
    public static long lengthAt(byte[] bytes, int at) {
        int size = lengthSize(bytes[at]) - 1;
        if (size == 0) {
            return bytes[at] & 0xff;
        }
        long value = 0;
        for (int i = size; i > 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }

    /** How many bytes a length-encoded integer has that begins with that one. */
    public static int lengthSize(byte head) {
        int first = head & 0xff;
        return first <= NULL ? 1 : first == NULL + 1 ? 3 : first == NULL + 2 ? 4 : 9;
    }

    String rest() {
        String rest = new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
        at = bytes.length;
        return rest;
    }

    String string(long length) throws EOFException {
        if (length < 0 || length > bytes.length - at) {
            throw new EOFException(
                    "a string of " + length + " bytes in a packet that has " + (bytes.length - at) + " left");
        }
        String value = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
        at += (int) length;
        return value;
    }

    private int next() throws EOFException {
        if (at >= bytes.length) {
            throw new EOFException("the packet ends too early");
        }
        return bytes[at++] & 0xff;
    }
}
