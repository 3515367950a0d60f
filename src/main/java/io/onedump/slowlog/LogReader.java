package io.onedump.slowlog;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Feeds a stream to a parser through a window that grows with the longest event. */
final class LogReader {

    /** Longer events are cut: as long as the longest statement that MySQL accepts by default (max_allowed_packet). */
    static final int LONGEST_EVENT = 64 << 20;
    private static final int WINDOW = 1 << 20;

    private byte[] window = new byte[WINDOW];

    /**
     * Reads to the end of the stream.
     *
     * @param base byte offset in the log of the stream's first byte
     * @return byte offset after the last byte read
     */
    long read(InputStream in, long base, SlowLogParser parser) throws IOException {
        int filled = 0;
        long offset = base;
        while (true) {
            int count = in.readNBytes(window, filled, window.length - filled);
            filled += count;
            boolean last = filled < window.length;
            int consumed = parser.parse(window, 0, filled, offset, last);
            if (last) {
                return offset + filled;
            }
            if (consumed == 0 && window.length >= LONGEST_EVENT) {
                parser.parse(window, 0, filled, offset, true);
                parser.shortened();
                consumed = filled;
            }
            filled -= consumed;
            offset += consumed;
            if (consumed == 0) {
                window = Arrays.copyOf(window, window.length * 2);
            } else {
                System.arraycopy(window, consumed, window, 0, filled);
            }
        }
    }
}
