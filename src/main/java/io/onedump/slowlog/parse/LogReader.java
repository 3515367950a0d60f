package io.onedump.slowlog.parse;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import io.onedump.slowlog.text.Ascii;

/** Feeds a stream to a parser through a window that grows with the longest event. */
public final class LogReader {

    /** Longer events are cut: as long as the longest statement that MySQL 8 takes by default (max_allowed_packet). */
    static final int LONGEST_EVENT = 64 << 20;
    private static final int WINDOW = 1 << 20;

    private final SlowLogParser parser;
    private byte[] window = new byte[WINDOW];
    private int filled;
    private boolean ended;

    public LogReader(SlowLogParser parser) {
        this.parser = parser;
    }

    /**
     * Reads to the end of the stream. When the stream fails, what came before is read to its end too.
     *
     * @param base    byte offset in the log of the stream's first byte
     * @param growing whether an event at the end that is not whole is left for the next time
     * @return byte offset after the last byte that was used
     */
    public long read(InputStream in, long base, boolean growing) throws IOException {
        long offset = base;
        while (!ended) {
            IOException failure = fill(in);
            int consumed = parser.parse(window, 0, filled, offset, false);
            if (ended) {
                consumed = finish(consumed, offset, growing);
                if (failure != null) {
                    throw failure;
                }
            } else if (consumed == 0 && window.length >= LONGEST_EVENT) {
                consumed = parser.parse(window, 0, filled, offset, true);
                parser.shortened();
            }
            offset += consumed;
            filled -= consumed;
            System.arraycopy(window, consumed, window, 0, filled);
            if (filled == window.length) {
                window = Arrays.copyOf(window, window.length * 2);
            }
        }
        return offset;
    }

    private int finish(int consumed, long offset, boolean growing) {
        return growing && !endsWhole(window, consumed, filled)
                ? consumed
                : parser.parse(window, consumed, filled, offset, true);
    }

    /** Whether the last event of a log that is being written looks whole: its statement ends with its semicolon. */
    public static boolean endsWhole(byte[] buf, int from, int to) {
        int end = Ascii.trimEnd(buf, from, to);
        return end > from && buf[end - 1] == ';' && buf[to - 1] == '\n';
    }

    private IOException fill(InputStream in) {
        try {
            while (filled < window.length) {
                int count = in.read(window, filled, window.length - filled);
                if (count < 0) {
                    ended = true;
                    return null;
                }
                filled += count;
            }
            return null;
        } catch (IOException e) {
            ended = true;
            return e;
        }
    }
}
