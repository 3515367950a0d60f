package io.onedump.dump.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash XXH64 with seed 0, of bytes at hand or of bytes as they come. Not for use by several threads.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">its specification</a>
 */
public final class Xxh64 {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 32;

    private final byte[] pending = new byte[STRIPE];
    private int held;
    private long length;
    private long a = P1 + P2;
    private long b = P2;
    private long c;
    private long d = -P1;

    /** Of bytes that are at hand. */
    public static long hash(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long hash;
        if (length >= STRIPE) {
            long a = P1 + P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            for (int last = end - STRIPE; at <= last; at += STRIPE) {
                a = round(a, (long) LONG.get(bytes, at));
                b = round(b, (long) LONG.get(bytes, at + 8));
                c = round(c, (long) LONG.get(bytes, at + 16));
                d = round(d, (long) LONG.get(bytes, at + 24));
            }
            hash = converged(a, b, c, d);
        } else {
            hash = P5;
        }
        return finished(hash + length, bytes, at, end);
    }

    public void update(byte[] bytes, int offset, int count) {
        length += count;
        int at = offset;
        int end = offset + count;
        if (held > 0) {
            int part = Math.min(STRIPE - held, count);
            System.arraycopy(bytes, at, pending, held, part);
            held += part;
            at += part;
            if (held < STRIPE) {
                return;
            }
            stripe(pending, 0);
            held = 0;
        }
        for (; at + STRIPE <= end; at += STRIPE) {
            stripe(bytes, at);
        }
        held = end - at;
        System.arraycopy(bytes, at, pending, 0, held);
    }

    /** Of all bytes until now. */
    public long value() {
        return finished((length >= STRIPE ? converged(a, b, c, d) : P5) + length, pending, 0, held);
    }

    private void stripe(byte[] bytes, int at) {
        a = round(a, (long) LONG.get(bytes, at));
        b = round(b, (long) LONG.get(bytes, at + 8));
        c = round(c, (long) LONG.get(bytes, at + 16));
        d = round(d, (long) LONG.get(bytes, at + 24));
    }

    private static long round(long sum, long input) {
        return Long.rotateLeft(sum + input * P2, 31) * P1;
    }

    private static long converged(long a, long b, long c, long d) {
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        return merged(merged(merged(merged(hash, a), b), c), d);
    }

    private static long merged(long hash, long sum) {
        return (hash ^ round(0, sum)) * P1 + P4;
    }

    private static long finished(long begun, byte[] bytes, int from, int end) {
        long hash = begun;
        int at = from;
        for (; at + 8 <= end; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONG.get(bytes, at)), 27) * P1 + P4;
        }
        if (at + 4 <= end) {
            hash = Long.rotateLeft(hash ^ ((int) INT.get(bytes, at) & 0xffffffffL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ (bytes[at] & 0xff) * P5, 11) * P1;
        }
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }
}
