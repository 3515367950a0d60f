package io.onedump.capacity;

import java.util.Random;

/** Text as rows of a database have it: words that come again, and numbers that do not. */
final class RowText {

    private RowText() {
    }

    /** @param length at least so many characters */
    static String of(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("order ").append(random.nextInt(1_000_000)).append(" is paid\n");
        }
        return text.toString();
    }
}
