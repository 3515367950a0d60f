package io.onedump.dump.mysql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.onedump.database.mysql.Payload;

/** Turns rows of the text protocol into the values of an INSERT, from bytes to bytes. */
final class RowEncoder {

    static final byte NULL = (byte) 0xfb;
    static final byte[] BINARY_QUOTE = "_binary '".getBytes(StandardCharsets.US_ASCII);

    /** What stands behind a backslash for a byte that must not stand for itself in quotes; 0 for all others. */
    static final byte[] ESCAPES = escapes();
    static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long BLANKS = 0x20 * ONES;
    private static final long QUOTES = '\'' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    /** From this length on a value in quotes is shorter than one in hex digits. */
    private static final int SHORT = 8;
    private static final int MOST_PER_VALUE = 12;

    private final ColumnKind[] kinds;

    RowEncoder(List<Column> columns) {
        kinds = columns.stream().map(Column::kind).toArray(ColumnKind[]::new);
    }

    /** How many bytes a row of that many can become at the most. */
    int most(int length) {
        return 2 * length + MOST_PER_VALUE * kinds.length + 4;
    }

    /**
     * Writes {@code (value,value)}.
     *
     * @param out has room for {@link #most} bytes from {@code to} on
     * @return where the next byte goes
     */
    int encode(byte[] row, int from, byte[] out, int to) {
        int at = from;
        int pos = to;
        out[pos++] = '(';
        for (int i = 0; i < kinds.length; i++) {
            if (i > 0) {
                out[pos++] = ',';
            }
            byte head = row[at];
            if (head == NULL) {
                at++;
                out[pos++] = 'N';
                out[pos++] = 'U';
                out[pos++] = 'L';
                out[pos++] = 'L';
                continue;
            }
            int length = head & 0xff;
            if (length < 0xfb) {
                at++;
            } else {
                length = (int) Payload.lengthAt(row, at);
                at += Payload.lengthSize(head);
            }
            pos = value(kinds[i], row, at, length, out, pos);
            at += length;
        }
        out[pos++] = ')';
        return pos;
    }

    private static int value(ColumnKind kind, byte[] row, int at, int length, byte[] out, int pos) {
        switch (kind) {
            case NUMBER :
                return copy(row, at, length, out, pos);
            case FLOATING :
                int end = copy(row, at, length, out, pos);
                return length == 2 && row[at] == '-' && row[at + 1] == '0' ? exponent(out, end) : end;
            case PLAIN :
                out[pos] = '\'';
                end = copy(row, at, length, out, pos + 1);
                out[end] = '\'';
                return end + 1;
            case TEXT :
                return quoted(row, at, length, out, pos);
            case FOREIGN_TEXT :
                return isPlain(row, at, length) ? quoted(row, at, length, out, pos) : hex(row, at, length, out, pos);
            case HEX :
                return hex(row, at, length, out, pos);
            default :
                if (length < SHORT) {
                    return hex(row, at, length, out, pos);
                }
                System.arraycopy(BINARY_QUOTE, 0, out, pos, BINARY_QUOTE.length);
                return quoted(row, at, length, out, pos + BINARY_QUOTE.length - 1);
        }
    }

    /** Most values are short, for which a loop is quicker than a call. */
    private static int copy(byte[] row, int at, int length, byte[] out, int pos) {
        if (length > 16) {
            System.arraycopy(row, at, out, pos, length);
        } else {
            for (int i = 0; i < length; i++) {
                out[pos + i] = row[at + i];
            }
        }
        return pos + length;
    }

    private static int exponent(byte[] out, int pos) {
        out[pos] = 'e';
        out[pos + 1] = '0';
        return pos + 2;
    }

    private static int quoted(byte[] row, int at, int length, byte[] out, int pos) {
        out[pos] = '\'';
        int end = escape(row, at, at + length, out, pos + 1);
        out[end] = '\'';
        return end + 1;
    }

    /** Eight bytes at a time as long as none of them needs a backslash. */
    static int escape(byte[] row, int from, int end, byte[] out, int to) {
        int at = from;
        int pos = to;
        while (at < end) {
            while (at + 8 <= end) {
                long eight = (long) LONG.get(row, at);
                long quote = eight ^ QUOTES;
                long backslash = eight ^ BACKSLASHES;
                long special = (eight - BLANKS & ~eight | quote - ONES & ~quote | backslash - ONES & ~backslash) & HIGH;
                if (special != 0) {
                    break;
                }
                LONG.set(out, pos, eight);
                at += 8;
                pos += 8;
            }
            for (int stop = Math.min(end, at + 8); at < stop; at++) {
                byte b = row[at];
                byte escape = ESCAPES[b & 0xff];
                if (escape != 0) {
                    out[pos++] = '\\';
                    out[pos++] = escape;
                } else {
                    out[pos++] = b;
                }
            }
        }
        return pos;
    }

    static int hexDigits(byte[] row, int from, int end, byte[] out, int to) {
        int pos = to;
        for (int at = from; at < end; at++) {
            byte b = row[at];
            out[pos++] = HEX[b >> 4 & 15];
            out[pos++] = HEX[b & 15];
        }
        return pos;
    }

    private static int hex(byte[] row, int at, int length, byte[] out, int pos) {
        int next = pos;
        if (length > 0) {
            out[next++] = 'x';
        }
        out[next++] = '\'';
        next = hexDigits(row, at, at + length, out, next);
        out[next++] = '\'';
        return next;
    }

    /** Japanese and Korean sets have something else in place of the backslash and the tilde. */
    private static boolean isPlain(byte[] row, int at, int length) {
        for (int i = at; i < at + length; i++) {
            byte b = row[i];
            if (b < 0 || b == '\\' || b == '~') {
                return false;
            }
        }
        return true;
    }

    private static byte[] escapes() {
        byte[] escapes = new byte[256];
        escapes[0] = '0';
        escapes['\n'] = 'n';
        escapes['\r'] = 'r';
        escapes[0x1a] = 'Z';
        escapes['\''] = '\'';
        escapes['\\'] = '\\';
        return escapes;
    }

    ColumnKind kind(int column) {
        return kinds[column];
    }

    int columns() {
        return kinds.length;
    }
}
