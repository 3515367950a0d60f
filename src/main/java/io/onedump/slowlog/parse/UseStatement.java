package io.onedump.slowlog.parse;

import io.onedump.slowlog.text.Ascii;

/**
 * A client's own {@code USE x}, in any case of letters: it ran in the database that it names. Later events do not
 * inherit that: what a server leaves out of them is what it wrote itself.
 */
final class UseStatement {

    private static final int USE = 3;
    private static final byte[] END_OF_COMMENT = Ascii.bytes("*/");

    private UseStatement() {
    }

    /** Gives the event the database that its statement names, if that is a whole {@code USE}. */
    static void read(SlowEvent event) {
        byte[] buf = event.buf;
        int to = event.textTo;
        int from = event.admin ? to : afterSpace(buf, event.textFrom, to);
        if (to - from <= USE || (buf[from] | 0x20) != 'u' || (buf[from + 1] | 0x20) != 's'
                || (buf[from + 2] | 0x20) != 'e') {
            return;
        }
        int name = afterSpace(buf, from + USE, to);
        int end = name < to && buf[name] == '`' ? quotedEnd(buf, name, to) : wordEnd(buf, name, to);
        boolean parted = name > from + USE || name < to && buf[name] == '`';
        if (parted && end > name && isRest(buf, afterSpace(buf, end, to), to)) {
            PreambleReader.database(event, buf, name, end);
        }
    }

    /** The first byte that is neither white space nor in a comment between slash and star. */
    private static int afterSpace(byte[] buf, int from, int to) {
        int p = from;
        while (p < to) {
            if (isSpace(buf[p])) {
                p++;
            } else if (buf[p] == '/' && p + 2 < to && buf[p + 1] == '*' && buf[p + 2] != '!') {
                int end = Ascii.indexOf(buf, p + 2, to, END_OF_COMMENT);
                p = end < 0 ? to : end + END_OF_COMMENT.length;
            } else {
                return p;
            }
        }
        return to;
    }

    /** The byte after the closing backtick, or {@code from} when there is none. */
    private static int quotedEnd(byte[] buf, int from, int to) {
        for (int p = from + 1; p < to; p++) {
            if (buf[p] == '`') {
                if (p + 1 == to || buf[p + 1] != '`') {
                    return p == from + 1 ? from : p + 1;
                }
                p++;
            }
        }
        return from;
    }

    /** A name without quotes: letters of any language, digits, {@code _}, {@code $}, and what servers take beside. */
    private static int wordEnd(byte[] buf, int from, int to) {
        int p = from;
        while (p < to && (Ascii.isWord(buf[p]) || buf[p] == '$' || buf[p] == '-' || buf[p] < 0)) {
            p++;
        }
        return p;
    }

    /** Whether nothing follows but the end and comments. */
    private static boolean isRest(byte[] buf, int from, int to) {
        int p = from;
        while (p < to && (buf[p] == ';' || isSpace(buf[p]))) {
            p++;
        }
        return p == to || buf[p] == '#' || buf[p] == '-' && p + 1 < to && buf[p + 1] == '-';
    }

    private static boolean isSpace(byte b) {
        return Ascii.isBlank(b) || b == '\n';
    }
}
