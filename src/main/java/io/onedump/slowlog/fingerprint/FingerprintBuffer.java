package io.onedump.slowlog.fingerprint;

import java.util.Arrays;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Lexer;

/** The growing bytes of a fingerprint. */
final class FingerprintBuffer {

    private static final byte[] SELECT = Ascii.bytes("select ");
    private static final byte[] UNION = Ascii.bytes(" union ");
    private static final byte[] UNION_ALL = Ascii.bytes(" union all ");
    private static final byte[] REPEAT_UNION = Ascii.bytes(" /*repeat union*/");
    private static final byte[] REPEAT_UNION_ALL = Ascii.bytes(" /*repeat union all*/");

    byte[] bytes = new byte[4096];
    int length;

    void put(byte b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = b;
    }

    void put(byte[] from, int start, int end) {
        reserve(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    /** Makes room for so many more bytes. */
    void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }

    void put(byte[] from) {
        put(from, 0, from.length);
    }

    /** Puts a name in lower case; a digit and what looks hexadecimal after it becomes {@code ?}. */
    void putName(byte[] from, int start, int end) {
        reserve(end - start);
        byte[] target = bytes;
        int at = length;
        int p = start;
        while (p < end) {
            byte b = from[p++];
            if (!Ascii.isDigit(b)) {
                target[at++] = Lexer.lower(b);
                continue;
            }
            target[at++] = '?';
            while (p < end && (Lexer.isHexDigit(from[p]) || (from[p] | 0x20) == 'x')) {
                p++;
            }
        }
        length = at;
    }

    byte last() {
        return length == 0 ? 0 : bytes[length - 1];
    }

    /** Takes the blanks and semicolons off the end. */
    void trim() {
        while (length > 0 && (bytes[length - 1] == ' ' || bytes[length - 1] == ';')) {
            length--;
        }
    }

    /** Folds {@code select ? union select ? union select ?} into {@code select ? /*repeat union*&#47;}. */
    void foldUnions() {
        int select = Ascii.indexOf(bytes, 0, length, SELECT);
        while (select >= 0) {
            int next = select + SELECT.length;
            int union = Ascii.indexOf(bytes, select, length, UNION);
            if (union < 0) {
                return;
            }
            int end = afterRepeats(select, union);
            if (end > union) {
                byte[] mark = lastUnionIsAll(select, union, end) ? REPEAT_UNION_ALL : REPEAT_UNION;
                replace(union, end, mark);
                next = union + mark.length;
            }
            select = Ascii.indexOf(bytes, next, length, SELECT);
        }
    }

    private int afterRepeats(int select, int union) {
        int size = union - select;
        int end = union;
        while (true) {
            int separator = separator(end);
            int copy = end + separator;
            if (separator == 0 || copy + size > length
                    || !Arrays.equals(bytes, copy, copy + size, bytes, select, union)) {
                return end;
            }
            end = copy + size;
        }
    }

    private boolean lastUnionIsAll(int select, int union, int end) {
        return Ascii.endsWith(bytes, union, end - (union - select), UNION_ALL);
    }

    private int separator(int at) {
        if (Ascii.startsWith(bytes, at, length, UNION_ALL)) {
            return UNION_ALL.length;
        }
        return Ascii.startsWith(bytes, at, length, UNION) ? UNION.length : 0;
    }

    private void replace(int from, int to, byte[] by) {
        System.arraycopy(by, 0, bytes, from, by.length);
        System.arraycopy(bytes, to, bytes, from + by.length, length - to);
        length -= to - from - by.length;
    }
}
