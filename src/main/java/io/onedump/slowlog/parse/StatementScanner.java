package io.onedump.slowlog.parse;

import static io.onedump.slowlog.text.Ascii.lineEnd;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Backslashes;

/**
 * Finds where a statement ends. A server writes a statement as it came, so a literal may hold lines that look like the
 * next event's header. Such a line ends the statement only after a line that ended with {@code ;} or a blank line, and
 * inside a literal or comment that is still open only when the whole header can be read and the statement after it is
 * balanced: a forged header is followed by the rest of the literal or comment, a true one by a statement of its own.
 */
final class StatementScanner {

    private static final byte[] KIND = new byte[256];
    private static final byte NEWLINE = 1;
    private static final byte QUOTE = 2;
    private static final byte COMMENT = 3;

    static {
        KIND['\n'] = NEWLINE;
        KIND['\''] = QUOTE;
        KIND['"'] = QUOTE;
        KIND['`'] = QUOTE;
        KIND['#'] = COMMENT;
        KIND['-'] = COMMENT;
        KIND['/'] = COMMENT;
    }

    /** Result of {@link #scan}: more bytes are needed to say where the statement ends. */
    static final int INCOMPLETE = -1;

    private byte[] buf;
    private int to;
    private boolean last;
    /** Looking only for the next line that may be a header, forged or not. */
    private boolean probing;
    /**
     * The statement that was found last ended inside a literal or comment, or closed a comment that it had not opened.
     */
    private boolean open;
    /** It ended inside a string, and that was all. */
    private boolean openString;

    /**
     * Scans a statement that begins at {@code from}, the start of a line.
     *
     * @param last whether the log ends at {@code to}
     * @return start of the line after the statement, {@code to} when it is the last one, or {@link #INCOMPLETE}
     */
    int scan(byte[] buffer, int from, int end, boolean logEnds) {
        buf = buffer;
        to = end;
        last = logEnds;
        probing = false;
        return find(from);
    }

    /** Whether a statement ends at {@code end}, nothing before it looks like an end, and it leaves nothing open. */
    boolean closesAt(byte[] buffer, int from, int limit, int end) {
        buf = buffer;
        to = limit;
        last = false;
        probing = true;
        boolean found = find(from) == end;
        probing = false;
        return found && !open;
    }

    private int find(int from) {
        int p = from;
        int inside = 0;
        boolean closesOther = false;
        while (p < to) {
            if (inside == 0) {
                while (p < to && KIND[buf[p] & 0xff] == 0) {
                    p++;
                }
            } else {
                p = skipInside(p, inside);
            }
            if (p >= to) {
                break;
            }
            byte b = buf[p];
            if (b == '\n') {
                if (inside == '#') {
                    inside = 0;
                }
                int end = endsAfter(from, p, inside);
                if (end != 0) {
                    open = inside != 0 || closesOther;
                    openString = (inside == '\'' || inside == '"') && !closesOther;
                    return end;
                }
                p++;
            } else if (inside == 0) {
                inside = opens(p);
                closesOther |= inside == 0 && b == '/' && p > from && buf[p - 1] == '*';
                p += inside == '*' ? 2 : 1;
                if (inside == '*' && p < to && buf[p] == '/') {
                    p++;
                }
            } else {
                inside = 0;
                p++;
            }
        }
        open = inside != 0 && inside != '#' || closesOther;
        openString = (inside == '\'' || inside == '"') && !closesOther;
        return last ? to : INCOMPLETE;
    }

    /**
     * What a byte that may open something opens: a quote, {@code *} for a block comment, {@code #} for a line, or 0.
     */
    private int opens(int p) {
        byte b = buf[p];
        if (b == '-') {
            return p + 2 < to && buf[p + 1] == '-' && buf[p + 2] <= ' ' && buf[p + 2] > 0 ? '#' : 0;
        }
        if (b == '/') {
            return p + 1 < to && buf[p + 1] == '*' ? '*' : 0;
        }
        return b;
    }

    /** Goes on to a newline or to the last byte of what closes {@code inside}. */
    private int skipInside(int from, int inside) {
        int p = from;
        if (inside == '*') {
            while (p < to && buf[p] != '\n' && !(buf[p] == '/' && buf[p - 1] == '*')) {
                p++;
            }
        } else if (inside == '#') {
            p = lineEnd(buf, p, to);
        } else {
            boolean escapes = inside != '`';
            while (p < to && buf[p] != '\n' && buf[p] != inside) {
                if (escapes && buf[p] == '\\' && p + 1 < to && buf[p + 1] != '\n') {
                    p++;
                }
                p++;
            }
        }
        return p;
    }

    /**
     * Decides about the line after the newline at {@code newline}: where the statement ends, INCOMPLETE, or 0 to go on.
     */
    private int endsAfter(int from, int newline, int inside) {
        int line = newline + 1;
        if (line >= to) {
            return last ? to : INCOMPLETE;
        }
        if (buf[line] == 'T' && (inside == 0 || probing) && LogLines.isPortLine(buf, line, to)) {
            int banner = lineStart(newline, from);
            return LogLines.isBanner(buf, banner, newline) ? banner : 0;
        }
        if (!mayEndBefore(from, newline)) {
            return 0;
        }
        if (to - line < LogLines.LONGEST_START && !last) {
            return INCOMPLETE;
        }
        boolean header = LogLines.startsEvent(buf, line, to);
        if (header && inside != 0 && !probing) {
            return resumes(from, line, line);
        }
        int end = lineEnd(buf, line, to);
        if (end == to && !last) {
            return INCOMPLETE;
        }
        if (header && (end == to || LogLines.isCredible(buf, line, end) || LogLines.wholeHeader(buf, line, to))) {
            return line;
        }
        if (header && !last && to - line < LogLines.LONGEST_HEADER) {
            return INCOMPLETE;
        }
        if (LogLines.isBanner(buf, line, end)) {
            return inside == 0 || probing ? line : resumes(from, line, afterBanner(end + 1));
        }
        return inside == 0 ? damagedStart(line, end) : 0;
    }

    /** Whether a line that is nothing by itself is the damaged first line of a header or a banner. */
    private int damagedStart(int line, int end) {
        if (end == to) {
            // The log ends inside this line. After a semicolon it is more likely the beginning of what comes next.
            int before = Ascii.trimEnd(buf, 0, line);
            return buf[before - 1] == ';' && buf[Ascii.trimEnd(buf, line, end) - 1] != ';' ? line : 0;
        }
        int next = end + 1;
        int nextEnd = lineEnd(buf, Math.min(next, to), to);
        if (nextEnd == to && !last) {
            return INCOMPLETE;
        }
        if (LogLines.isPortLine(buf, line, end) || LogLines.isColumnsLine(buf, line, end)
                || LogLines.isPortLine(buf, next, nextEnd) || LogLines.isColumnsLine(buf, next, nextEnd)) {
            return line;
        }
        if (!LogLines.startsEvent(buf, next, to) || buf[Ascii.trimEnd(buf, line, end) - 1] == ';') {
            return 0;
        }
        if (LogLines.wholeHeader(buf, next, to)) {
            return line;
        }
        return last || to - next >= LogLines.LONGEST_HEADER ? 0 : INCOMPLETE;
    }

    private int lineStart(int newline, int from) {
        int p = newline;
        while (p > from && buf[p - 1] != '\n') {
            p--;
        }
        return p;
    }

    /** Whether the line that ends at {@code newline} is blank or ended with a semicolon. */
    private boolean mayEndBefore(int from, int newline) {
        int p = newline - 1;
        while (p >= from && Ascii.isBlank(buf[p])) {
            p--;
        }
        return p < from || buf[p] == ';' || buf[p] == '\n';
    }

    private int afterBanner(int from) {
        int p = from;
        while (p < to && (LogLines.isPortLine(buf, p, to) || LogLines.isColumnsLine(buf, p, lineEnd(buf, p, to)))) {
            p = lineEnd(buf, p, to) + 1;
        }
        return Math.min(p, to);
    }

    /**
     * Asked inside an open literal.
     *
     * @param from   the statement's start
     * @param line   the line that may be the first after it
     * @param header where the next event's header begins: there, or after the banner
     * @return {@code line} when an event can be read from it, 0 when it is forged
     */
    private int resumes(int from, int line, int header) {
        if (!LogLines.wholeHeader(buf, header, to)) {
            return last || to - header >= LogLines.LONGEST_HEADER ? 0 : INCOMPLETE;
        }
        int statement = LogLines.afterHeader(buf, header, to);
        probing = true;
        int end = find(statement);
        probing = false;
        if (end == INCOMPLETE) {
            return INCOMPLETE;
        }
        boolean closed = !open || openString && Backslashes.mayBePlain(buf, from, line)
                && Backslashes.mayBePlain(buf, statement, end);
        return closed ? line : 0;
    }
}
