package io.onedump.slowlog.digest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers with seven bits a byte, the lowest first, so that small ones are short; for {@link PackedReader}. */
final class PackedWriter {

    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[1024];
    private int used;

    void number(long value) {
        makeRoom(LONGEST_NUMBER);
        long rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes[used++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[used++] = (byte) rest;
    }

    /** A number that may be negative and is then small. */
    void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    void bits(double value) {
        long bits = Double.doubleToRawLongBits(value);
        makeRoom(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[used++] = (byte) (bits >>> shift);
        }
    }

    void numbers(long[] values, int count) {
        number(count);
        for (int i = 0; i < count; i++) {
            number(values[i]);
        }
    }

    void bytes(byte[] value) {
        number(value.length);
        makeRoom(value.length);
        System.arraycopy(value, 0, bytes, used, value.length);
        used += value.length;
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private void makeRoom(int more) {
        if (bytes.length - used < more) {
            bytes = Arrays.copyOf(bytes, Math.max(used + more, bytes.length * 2));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, used);
    }

    int length() {
        return used;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, used);
    }

    /** Empties it for what comes next. */
    void clear() {
        used = 0;
    }
}
