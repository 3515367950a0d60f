package io.onedump.sync;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files a mirror may delete in one run, so that a source that was wiped does not wipe the destination.
 *
 * @param count   so many files, when {@code percent} is not set
 * @param percent so much of what is there, 0 to 100; -1 when {@code count} counts
 */
public record DeleteLimit(int count, int percent) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(%?)");

    public DeleteLimit {
        if (count < 0 || percent < -1 || percent > 100) {
            throw new IllegalArgumentException("option maxDelete: " + count + " and " + percent + " % is no limit");
        }
    }

    /** @param text such as {@code 100} or {@code 25%} */
    public static DeleteLimit parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("option maxDelete: '" + text + "' is neither a number of files, such"
                    + " as 100,"
                    + " nor a part of all, such as 25%");
        }
        int number = Integer.parseInt(matcher.group(1));
        return matcher.group(2).isEmpty() ? new DeleteLimit(number, -1) : new DeleteLimit(0, number);
    }

    /** @param present how many files are there */
    boolean allows(int deletions, int present) {
        return percent < 0 ? deletions <= count : deletions * 100L <= (long) present * percent;
    }

    @Override
    public String toString() {
        return percent < 0 ? String.valueOf(count) : percent + "%";
    }
}
