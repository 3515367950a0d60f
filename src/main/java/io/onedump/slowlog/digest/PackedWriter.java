package io.onedump.slowlog.digest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes numbers with seven bits a byte, the lowest first, so that small ones are short; for {@link PackedReader}. */
final class PackedWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    void number(long value) {
        long rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** A number that may be negative and is then small. */
    void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    void bits(double value) {
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes.write((int) (bits >>> shift));
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
        bytes.write(value, 0, value.length);
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
