package io.onedump.binlog.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a binlog file: a base, a dot and a number of six digits that grows to seven after 999999. Sorted by
 * number, because the names themselves do not sort.
 */
public record BinlogName(String base, long number) implements Comparable<BinlogName> {

    private static final int DIGITS = 6;
    private static final Pattern FORM = Pattern.compile("([^/\\\\\\p{Cntrl}]+)\\.(\\d{6,18})");

    public BinlogName {
        if (base.isEmpty() || number < 0) {
            throw new IllegalArgumentException("not a binlog file: '" + base + "' number " + number);
        }
    }

    /** @throws IllegalArgumentException when the text is not such a name */
    public static BinlogName parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not the name of a binlog file: '" + text + "'");
        }
        return new BinlogName(form.group(1), Long.parseLong(form.group(2)));
    }

    public static boolean matches(String text) {
        return FORM.matcher(text).matches();
    }

    public BinlogName next() {
        return new BinlogName(base, number + 1);
    }

    @Override
    public int compareTo(BinlogName other) {
        return Long.compare(number, other.number);
    }

    /** As the server writes it. */
    @Override
    public String toString() {
        String digits = Long.toString(number);
        return base + "." + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }
}
