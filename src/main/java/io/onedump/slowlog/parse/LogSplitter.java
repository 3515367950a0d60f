package io.onedump.slowlog.parse;

import io.onedump.slowlog.text.Ascii;

/**
 * Finds places where a log can be cut so that each part, read alone, gives the same events as the whole. Such a place
 * is a time line after an event that stands on its own: it has a whole header and its statement leaves nothing open. A
 * parser that comes from before that event finds its end here whatever it came from, see {@link StatementScanner}.
 */
public final class LogSplitter {

    private final StatementScanner scanner = new StatementScanner();

    /** The last such place in {@code [from, to)}, or -1. */
    public int lastSplit(byte[] buf, int from, int to) {
        for (int p = lineBefore(buf, from, to); p > from; p = lineBefore(buf, from, p)) {
            if (Ascii.startsWith(buf, p, to, LogLines.TIME) && afterStatement(buf, from, p)
                    && LogLines.wholeHeader(buf, p, to) && endsEvent(buf, from, p, to)) {
                return p;
            }
        }
        return -1;
    }

    /** Whether the last header before {@code split} begins an event that ends there. */
    private boolean endsEvent(byte[] buf, int from, int split, int to) {
        for (int p = lineBefore(buf, from, split); p >= from; p = lineBefore(buf, from, p)) {
            boolean start = LogLines.startsEvent(buf, p, split) && (p == from || afterSemicolon(buf, from, p))
                    && LogLines.wholeHeader(buf, p, split);
            if (start) {
                return scanner.closesAt(buf, LogLines.afterHeader(buf, p, split), to, split);
            }
            if (p == from) {
                break;
            }
        }
        return false;
    }

    /**
     * Whether the line before ends a statement, and is neither what the server writes before one nor of a header: then
     * the statement may be missing.
     */
    private static boolean afterStatement(byte[] buf, int from, int line) {
        int start = line - 1;
        while (start > from && buf[start - 1] != '\n') {
            start--;
        }
        return afterSemicolon(buf, from, line) && !Ascii.startsWith(buf, start, line, PreambleReader.USE)
                && !Ascii.startsWith(buf, start, line, PreambleReader.SET)
                && !LogLines.continuesHeader(buf, start, line);
    }

    private static boolean afterSemicolon(byte[] buf, int from, int line) {
        int end = Ascii.trimEnd(buf, from, line);
        return end > from && buf[end - 1] == ';';
    }

    /** Start of the last line that begins with # before {@code at}, or {@code from}. */
    private static int lineBefore(byte[] buf, int from, int at) {
        int p = at - 1;
        while (p > from && !(buf[p] == '#' && buf[p - 1] == '\n')) {
            p--;
        }
        return p;
    }
}
