package io.onedump.slowlog.parse;

import static io.onedump.slowlog.text.Ascii.lineEnd;
import static io.onedump.slowlog.text.Ascii.startsWith;
import static io.onedump.slowlog.text.Ascii.trimEnd;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Names;

/**
 * Splits a slow log into events. Reads the logs of MySQL 5.0 to 9.x (with {@code log_slow_extra} too), Percona Server,
 * MariaDB, RDS and Aurora, in any mixture. It works on bytes, keeps nothing but what one event carries over to the
 * next, and never throws because of what a log holds.
 */
public final class SlowLogParser {

    private final SlowEvent event = new SlowEvent();
    private final PreambleReader preamble = new PreambleReader();
    private final StatementScanner scanner = new StatementScanner();
    private final HeaderReader headers;
    private final EventHandler handler;
    private final ParseHealth health = new ParseHealth();
    private final Carry carry;

    private byte[] buf;
    private int to;
    private boolean last;
    /** A header may begin at the next line: it follows the log's start, a blank line, a banner or a semicolon. */
    private boolean boundary = true;

    public SlowLogParser(Names names, Carry carry, EventHandler handler) {
        this.headers = new HeaderReader(names);
        this.carry = carry;
        this.handler = handler;
    }

    public ParseHealth health() {
        return health;
    }

    public Carry carry() {
        return carry;
    }

    /**
     * Hands over the events in {@code [from, end)}.
     *
     * @param base    byte offset in the log of {@code buffer[0]}
     * @param logEnds whether the log ends at {@code end}
     * @return start of what has to be given again, followed by more bytes; {@code end} when {@code logEnds}
     */
    public int parse(byte[] buffer, int from, int end, long base, boolean logEnds) {
        buf = buffer;
        to = end;
        last = logEnds;
        int p = from;
        while (p < to) {
            int next = boundary && LogLines.startsEvent(buf, p, to) ? event(p, base) : otherLine(p);
            if (next == StatementScanner.INCOMPLETE) {
                break;
            }
            p = next;
        }
        health.bytes += p - from;
        return p;
    }

    /** Goes on after a statement of which only the beginning could be kept: searches for the next header. */
    void shortened() {
        boundary = false;
        health.shortened++;
    }

    private int otherLine(int p) {
        int marks = LogLines.afterMarks(buf, p, to);
        if (marks > p) {
            boundary = true;
            return marks;
        }
        int end = lineEnd(buf, p, to);
        if (end == to && !last) {
            return StatementScanner.INCOMPLETE;
        }
        int next = Math.min(end + 1, to);
        if (LogLines.isBanner(buf, p, end)) {
            health.banners++;
            carry.reset();
            boundary = true;
        } else if (LogLines.isPortLine(buf, p, end) || LogLines.isColumnsLine(buf, p, end)) {
            carry.reset();
            boundary = true;
        } else {
            int trimmed = trimEnd(buf, p, end);
            boolean ended = trimmed == p || buf[trimmed - 1] == ';';
            if (!ended && boundary) {
                // The line may be a header's damaged first one; then the event goes on with the next.
                boolean header = LogLines.startsEvent(buf, next, to) && LogLines.wholeHeader(buf, next, to);
                if (!header && !last && to - next < LogLines.LONGEST_HEADER) {
                    return StatementScanner.INCOMPLETE;
                }
                ended = header;
            }
            boundary = ended;
            if (trimmed > p) {
                health.skippedBytes += next - p;
            }
        }
        return next;
    }

    private int event(int start, long base) {
        event.clear(buf, base, start);
        event.carry = carry;
        int p = header(start);
        if (p >= 0) {
            p = preamble.read(event, buf, p, to, last);
        }
        return p < 0 ? p : statement(p);
    }

    /** Reads header lines up to the first line that is none; blank lines between them do not count. */
    private int header(int start) {
        int p = start;
        boolean sawQueryTime = false;
        boolean warnings = false;
        while (p < to) {
            int line = warnings ? p : LogLines.afterBlankLines(buf, p, to);
            if (line < to && buf[line] != '#' && !warnings) {
                int next = afterBareLine(start, line);
                if (next == line) {
                    return p;
                }
                if (next == StatementScanner.INCOMPLETE) {
                    return next;
                }
                sawQueryTime |= event.indexOf(Metrics.QUERY_TIME) >= 0;
                p = next;
                continue;
            }
            int end = lineEnd(buf, line, to);
            if (end == to && !last) {
                return StatementScanner.INCOMPLETE;
            }
            int trimmed = trimEnd(buf, line, end);
            if (warnings && continuesWarnings(p)) {
                headers.readWarning(event, buf, p, trimmed);
            } else if (LogLines.isWarnings(buf, line, trimmed)) {
                warnings = true;
            } else if (!LogLines.continuesHeader(buf, line, trimmed)
                    || LogLines.beginsAnother(buf, line, to, event.hasUser, sawQueryTime)
                    || !headers.read(event, buf, line, trimmed, sawQueryTime)) {
                return p;
            } else {
                sawQueryTime |= LogLines.isQueryTime(buf, line, trimmed);
            }
            p = Math.min(end + 1, to);
        }
        return last ? p : StatementScanner.INCOMPLETE;
    }

    /**
     * Reads a header line that has lost its {@code #}: only where more of the header or what a server writes before a
     * statement comes next, because no statement begins so.
     *
     * @return the line after it, {@code line} when it is none
     */
    private int afterBareLine(int start, int line) {
        int text = LogLines.bareHeader(buf, line, to);
        if (line == start || text == to) {
            return line;
        }
        int header = continuesAfter(line);
        if (header <= 0) {
            return header == 0 ? line : StatementScanner.INCOMPLETE;
        }
        int end = lineEnd(buf, line, to);
        headers.readBare(event, buf, text, trimEnd(buf, text, end));
        return Math.min(end + 1, to);
    }

    /** Whether a header goes on after lines that may be damaged ones of it: 1, 0 for no, or INCOMPLETE. */
    private int continuesAfter(int from) {
        boolean named = LogLines.namesValue(buf, Ascii.skipBlanks(buf, from, to), to);
        int p = from;
        while (p < to && p - from < LogLines.LONGEST_HEADER) {
            int end = lineEnd(buf, p, to);
            if (!last && to - end <= PreambleReader.LONGEST_SET) {
                return StatementScanner.INCOMPLETE;
            }
            if (PreambleReader.begins(buf, p, to) || named && LogLines.continuesHeader(buf, p, end)) {
                return 1;
            }
            if (!LogLines.continuesHeader(buf, p, end) && LogLines.bareHeader(buf, p, end) == end) {
                return 0;
            }
            p = end + 1;
        }
        return last || p - from >= LogLines.LONGEST_HEADER ? 0 : StatementScanner.INCOMPLETE;
    }

    /** MariaDB's warnings come last in a header, and a message may hold newlines: they end where the server goes on. */
    private boolean continuesWarnings(int p) {
        return !PreambleReader.begins(buf, p, to) && !LogLines.startsEvent(buf, p, to);
    }

    private int statement(int start) {
        int end = emptyAt(start);
        if (end == StatementScanner.INCOMPLETE) {
            return end;
        }
        boolean empty = end == start;
        if (!empty) {
            end = scanner.scan(buf, start, to, last);
            if (end == StatementScanner.INCOMPLETE) {
                return end;
            }
            empty = end == start;
        }
        text(start, end);
        boolean ended = event.to > start && buf[trimEnd(buf, start, event.to) - 1] == ';';
        event.cut = end == to && last && !ended;
        boundary = true;
        boolean nothing = empty && event.indexOf(Metrics.QUERY_TIME) < 0;
        if (nothing || event.cut && (empty || preamble.isCutIn(event))) {
            health.incomplete++;
            health.skippedBytes += end - event.from;
        } else {
            emit();
        }
        return end;
    }

    /** Whether a whole header begins where the statement should: {@code p} when there is none, else a later byte. */
    private int emptyAt(int p) {
        if (p == to || !LogLines.startsEvent(buf, p, to)) {
            return p == to ? p : p + 1;
        }
        int end = lineEnd(buf, p, to);
        if (end == to && !last) {
            return StatementScanner.INCOMPLETE;
        }
        if (buf[trimEnd(buf, p, end) - 1] == ';') {
            // A comment that is the whole statement: no header ends so.
            return p + 1;
        }
        boolean whole = LogLines.wholeHeader(buf, p, to);
        return whole ? p : !last && to - p < LogLines.LONGEST_HEADER ? StatementScanner.INCOMPLETE : p + 1;
    }

    private void text(int start, int end) {
        int textEnd = trimEnd(buf, start, end);
        event.textFrom = start;
        event.to = Math.min(textEnd == start ? end : lineEnd(buf, textEnd, end) + 1, end);
        int stop = stripLineEnd(start, event.to);
        event.textTo = stop > start && buf[stop - 1] == ';'
                ? stop - 1
                : textEnd > start && buf[textEnd - 1] == ';'
                        ? textEnd - 1
                        : stop;
        event.admin = startsWith(buf, start, end, LogLines.ADMIN);
        if (event.admin) {
            event.textFrom += 2;
        }
    }

    private int stripLineEnd(int start, int end) {
        int p = end;
        if (p > start && buf[p - 1] == '\n') {
            p--;
        }
        return p > start && buf[p - 1] == '\r' ? p - 1 : p;
    }

    private void emit() {
        carry.pass(event);
        UseStatement.read(event);
        health.events++;
        health.malformedValues += event.malformed;
        if (event.cut) {
            health.cut++;
        }
        handler.event(event);
    }
}
