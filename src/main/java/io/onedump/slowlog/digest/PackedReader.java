package io.onedump.slowlog.digest;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link PackedWriter} wrote. */
final class PackedReader {

    private final byte[] bytes;
    private int at;

    PackedReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == bytes.length) {
                throw new EOFException();
            }
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    long signed() throws IOException {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    double bits() throws IOException {
        long bits = 0;
        for (byte next : slice(Long.BYTES)) {
            bits = bits >>> Byte.SIZE | (next & 0xffL) << Long.SIZE - Byte.SIZE;
        }
        return Double.longBitsToDouble(bits);
    }

    long[] numbers() throws IOException {
        long[] values = new long[length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number();
        }
        return values;
    }

    byte[] bytes() throws IOException {
        return slice(length());
    }

    String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    IOException damaged() {
        return new IOException("a file of the work folder was damaged while it was in use");
    }

    /** A count of things that take a byte or more each. */
    private int length() throws IOException {
        long length = number();
        if (length < 0 || length > bytes.length - at) {
            throw damaged();
        }
        return (int) length;
    }

    private byte[] slice(int length) throws IOException {
        if (length > bytes.length - at) {
            throw new EOFException();
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }
}
