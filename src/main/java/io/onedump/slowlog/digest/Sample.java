package io.onedump.slowlog.digest;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import io.onedump.slowlog.parse.SlowEvent;
import io.onedump.slowlog.text.LogText;

/**
 * The slowest event of a class.
 *
 * @param micros     query time, -1 when unknown
 * @param file       log that holds it
 * @param offset     byte offset of the event in the unpacked log
 * @param at         microseconds since 1970, or {@link Timeline#UNKNOWN}
 * @param text       the statement's bytes, at most {@link #LONGEST}
 * @param textLength length of the whole statement
 */
public record Sample(long micros, int fileIndex, String file, long offset, long at, byte[] text, long textLength) {

    /** Statements of more bytes are cut in reports. */
    public static final int LONGEST = 16 * 1024;

    static Sample of(SlowEvent event, long micros, int fileIndex, String file) {
        int end = Math.min(event.textTo, event.textFrom + LONGEST);
        return new Sample(micros, fileIndex, file, event.base + event.from, event.micros(),
                Arrays.copyOfRange(event.buf, event.textFrom, end), (long) event.textTo - event.textFrom);
    }

    /** The slower of two; the earlier in the logs when they are equal, so that the order of reading does not matter. */
    static Sample slower(Sample a, Sample b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        if (a.micros != b.micros) {
            return a.micros > b.micros ? a : b;
        }
        boolean earlier = a.fileIndex != b.fileIndex ? a.fileIndex < b.fileIndex : a.offset <= b.offset;
        return earlier ? a : b;
    }

    void write(PackedWriter out) {
        out.signed(micros);
        out.number(fileIndex);
        out.number(offset);
        out.number(at);
        out.bytes(text);
        out.number(textLength);
    }

    /** @param logs names of the logs */
    static Sample read(PackedReader in, List<String> logs) throws IOException {
        long micros = in.signed();
        int fileIndex = (int) in.number();
        return new Sample(micros, fileIndex, logs.get(fileIndex), in.number(), in.number(), in.bytes(), in.number());
    }

    /** Where it is, without its text. */
    Sample withoutLiterals() {
        return new Sample(micros, fileIndex, file, offset, at, new byte[0], textLength);
    }

    /** Whether the text is only the statement's beginning. */
    public boolean isCut() {
        return textLength > text.length;
    }

    /** The text; bytes that are not UTF-8 are read as Latin-1. */
    public String statement() {
        return LogText.text(text, 0, text.length);
    }
}
