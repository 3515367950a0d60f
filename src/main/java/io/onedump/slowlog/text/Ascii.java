package io.onedump.slowlog.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Looks at bytes of a log without making strings of them: a slow log holds statements of any charset. */
public final class Ascii {

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;

    private Ascii() {
    }

    public static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    public static boolean startsWith(byte[] buf, int from, int to, byte[] prefix) {
        if (to - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buf[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    public static boolean endsWith(byte[] buf, int from, int to, byte[] suffix) {
        return to - from >= suffix.length && startsWith(buf, to - suffix.length, to, suffix);
    }

    public static int indexOf(byte[] buf, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (buf[i] == wanted[0] && startsWith(buf, i, to, wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** Position of the line's {@code \n}, or {@code to} when the line has none. */
    public static int lineEnd(byte[] buf, int from, int to) {
        return indexOf(buf, from, to, (byte) '\n');
    }

    /** Position of an ASCII character, or {@code to} when there is none. */
    public static int indexOf(byte[] buf, int from, int to, byte wanted) {
        long pattern = wanted * ONES;
        int p = from;
        // Eight bytes at a time: a byte of the difference is 0 where the wanted one is, and only then borrows its top
        // bit.
        for (; p + Long.BYTES <= to; p += Long.BYTES) {
            long difference = (long) WORDS.get(buf, p) ^ pattern;
            long zeros = difference - ONES & ~difference & TOP_BITS;
            if (zeros != 0) {
                return p + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        while (p < to && buf[p] != wanted) {
            p++;
        }
        return p;
    }

    public static int skipBlanks(byte[] buf, int from, int to) {
        int p = from;
        while (p < to && isBlank(buf[p])) {
            p++;
        }
        return p;
    }

    /** {@code to} without the blanks, carriage returns and newlines before it. */
    public static int trimEnd(byte[] buf, int from, int to) {
        int p = to;
        while (p > from && (isBlank(buf[p - 1]) || buf[p - 1] == '\n')) {
            p--;
        }
        return p;
    }

    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    public static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    public static boolean isWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || isDigit(b) || b == '_';
    }

    /** The digits of a whole number, or -1 when it is none or does not fit a {@code long}. */
    public static long parseLong(byte[] buf, int from, int to) {
        if (from >= to || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(buf[i])) {
                return -1;
            }
            value = value * 10 + buf[i] - '0';
        }
        return value;
    }

    /**
     * A decimal number in millionths, or -1 when it is none or does not fit a {@code long}. Digits after the sixth
     * decimal are dropped: no server writes them.
     */
    public static long parseMicros(byte[] buf, int from, int to) {
        int point = from;
        while (point < to && buf[point] != '.') {
            point++;
        }
        if (point - from > 12) {
            return -1;
        }
        long whole = parseLong(buf, from, point);
        if (whole < 0 || point == to) {
            return whole < 0 ? -1 : whole * 1_000_000;
        }
        long fraction = 0;
        int digits = 0;
        for (int i = point + 1; i < to; i++) {
            if (!isDigit(buf[i])) {
                return -1;
            }
            if (digits < 6) {
                fraction = fraction * 10 + buf[i] - '0';
                digits++;
            }
        }
        for (; digits < 6; digits++) {
            fraction *= 10;
        }
        return whole * 1_000_000 + fraction;
    }
}
