package io.onedump.storage.s3;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * CRC-32s as S3 writes them, and of things put together from parts. A CRC-32 is the remainder of a polynomial over
 * GF(2): putting {@code n} bytes behind what has the remainder {@code a} multiplies {@code a} by {@code x^(8n)}.
 * Polynomials are held as in the checksum itself, the coefficient of {@code x^0} in the highest bit.
 */
final class Crc32 {

    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 1 << 31;
    private static final int X_TO_THE_8 = ONE >>> 8;

    private Crc32() {
    }

    /** Base64 of its four bytes, the highest first. */
    static String toBase64(long crc32) {
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32).array());
    }

    /**
     * The CRC-32 of two parts one after the other.
     *
     * @param length of the second part in bytes
     */
    static long combine(long first, long second, long length) {
        int shift = ONE;
        int power = X_TO_THE_8;
        for (long rest = length; rest > 0; rest >>>= 1) {
            if ((rest & 1) == 1) {
                shift = multiply(shift, power);
            }
            power = multiply(power, power);
        }
        return Integer.toUnsignedLong(multiply(shift, (int) first) ^ (int) second);
    }

    private static int multiply(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = 31; bit >= 0; bit--) {
            if ((left >>> bit & 1) == 1) {
                product ^= shifted;
            }
            shifted = shifted >>> 1 ^ ((shifted & 1) == 1 ? POLYNOMIAL : 0);
        }
        return product;
    }
}
