package io.onedump.slowlog.parse;

import static io.onedump.slowlog.text.Ascii.isDigit;

import java.time.DateTimeException;
import java.time.LocalDate;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.LogText;

/**
 * Reads the value of a {@code # Time:} line: {@code 2026-11-23T03:53:13.675091Z} or with an offset (MySQL 5.7 on) and
 * {@code 261123  3:54:05}, the server's local time (MySQL to 5.6 and every MariaDB).
 */
public final class LogTime {

    /** Microseconds since 1970; of the local clock when there is no {@link #zoned zone}. */
    long micros;
    boolean zoned;
    /** The day's first byte to after the last digit of the time. */
    int from;
    int to;
    private boolean compact;
    private int dateKey = -1;
    private long epochDay;

    /** Reads the time at {@code at}; false when there is none that can be read. */
    boolean parse(byte[] buf, int at, int end) {
        from = Ascii.skipBlanks(buf, at, end);
        compact = end - from > 6 && isDigit(buf[from + 4]);
        int p = compact ? compactDate(buf, end) : isoDate(buf, end);
        return p >= 0 && clock(buf, p, end);
    }

    /** The time as ISO 8601, with a zone only when the log has one. */
    public String iso(byte[] buf) {
        if (!compact) {
            return LogText.text(buf, from, to).replace(' ', 'T');
        }
        String clock = LogText.text(buf, from + 6, to).trim();
        return LocalDate.ofEpochDay(epochDay) + (clock.indexOf(':') == 1 ? "T0" : "T") + clock;
    }

    private int compactDate(byte[] buf, int end) {
        int key = digits(buf, from, 6, end);
        if (key < 0) {
            return -1;
        }
        int year = key / 10_000;
        return day(key, year < 70 ? 2000 + year : 1900 + year) ? from + 6 : -1;
    }

    private int isoDate(byte[] buf, int end) {
        int year = digits(buf, from, 4, end);
        int month = digits(buf, from + 5, 2, end);
        int day = digits(buf, from + 8, 2, end);
        if (year < 0 || month < 0 || day < 0 || buf[from + 4] != '-' || buf[from + 7] != '-') {
            return -1;
        }
        return day(year * 10_000 + month * 100 + day, year) ? from + 10 : -1;
    }

    private boolean day(int key, int year) {
        if (key != dateKey) {
            try {
                epochDay = LocalDate.of(year, key / 100 % 100, key % 100).toEpochDay();
                dateKey = key;
            } catch (DateTimeException e) {
                return false;
            }
        }
        return true;
    }

    private boolean clock(byte[] buf, int at, int end) {
        int p = at < end && buf[at] == 'T' ? at + 1 : Ascii.skipBlanks(buf, at, end);
        int hourDigits = p + 1 < end && buf[p + 1] == ':' ? 1 : 2;
        int hour = digits(buf, p, hourDigits, end);
        p += hourDigits;
        int minute = digits(buf, p + 1, 2, end);
        int second = digits(buf, p + 4, 2, end);
        if (hour < 0 || minute < 0 || second < 0 || buf[p] != ':' || buf[p + 3] != ':'
                || hour > 23 || minute > 59 || second > 60) {
            return false;
        }
        p += 6;
        long fraction = 0;
        if (p < end && buf[p] == '.') {
            int scale = 100_000;
            for (p++; p < end && isDigit(buf[p]); p++, scale /= 10) {
                fraction += (long) (buf[p] - '0') * scale;
            }
        }
        micros = ((epochDay * 24 + hour) * 60 + minute) * 60_000_000L + second * 1_000_000L + fraction;
        return zone(buf, p, end);
    }

    private boolean zone(byte[] buf, int at, int end) {
        zoned = false;
        to = at;
        if (at < end && buf[at] == 'Z') {
            zoned = true;
            to = at + 1;
        } else if (at < end && (buf[at] == '+' || buf[at] == '-')) {
            int hours = digits(buf, at + 1, 2, end);
            int minutes = digits(buf, at + 4, 2, end);
            if (hours < 0 || minutes < 0 || buf[at + 3] != ':') {
                return false;
            }
            long offset = (hours * 60L + minutes) * 60_000_000L;
            micros -= buf[at] == '-' ? -offset : offset;
            zoned = true;
            to = at + 6;
        }
        return true;
    }

    private static int digits(byte[] buf, int from, int count, int end) {
        return from + count > end ? -1 : (int) Ascii.parseLong(buf, from, from + count);
    }
}
