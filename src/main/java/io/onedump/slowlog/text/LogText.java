package io.onedump.slowlog.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text of a log for people. A log mixes charsets, so bytes that are not UTF-8 are read as Latin-1, which loses none of
 * them.
 */
public final class LogText {

    private LogText() {
    }

    public static String text(byte[] buf, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buf[i] < 0) {
                return decode(buf, from, to);
            }
        }
        return new String(buf, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String decode(byte[] buf, int from, int to) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buf, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            return new String(buf, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
