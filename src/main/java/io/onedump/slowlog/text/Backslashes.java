package io.onedump.slowlog.text;

/**
 * What backslashes are in a statement. They escape, but not with the SQL mode {@code NO_BACKSLASH_ESCAPES}, nor as half
 * of a character of SJIS or GBK, and the log does not say. Who reads {@code 'C:\\', 'x'} with escapes comes to a word
 * right after a string's end, or to the statement's end inside a string.
 */
public enum Backslashes {

    ESCAPE,
    PLAIN,
    /** Neither way of reading fits, or both do. */
    UNCLEAR;

    private enum Fit {
        WHOLE, OPEN, BROKEN
    }

    /** @param cut whether the log ended inside the statement, which then may end inside a string */
    public static Backslashes in(byte[] in, int from, int to, boolean cut) {
        if (Ascii.indexOf(in, from, to, (byte) '\\') == to) {
            return ESCAPE;
        }
        Fit escaping = fit(in, from, to, true);
        if (escaping == Fit.WHOLE && !cut) {
            return ESCAPE;
        }
        Fit plain = fit(in, from, to, false);
        if (plain == Fit.WHOLE && !cut) {
            return PLAIN;
        }
        if ((escaping == Fit.BROKEN) == (plain == Fit.BROKEN)) {
            return UNCLEAR;
        }
        return plain == Fit.BROKEN ? ESCAPE : PLAIN;
    }

    /** Whether all strings of a statement end when its backslashes do not escape. */
    public static boolean mayBePlain(byte[] in, int from, int to) {
        return Ascii.indexOf(in, from, to, (byte) '\\') < to && fit(in, from, to, false) == Fit.WHOLE;
    }

    /** The first backslash before a quote: what comes before it is read the same either way. */
    public static int firstBeforeQuote(byte[] in, int from, int to) {
        int p = Ascii.indexOf(in, from, to, (byte) '\\');
        while (p + 1 < to && Lexer.kind(in[p + 1]) != Lexer.STRING) {
            p = Ascii.indexOf(in, p + 1, to, (byte) '\\');
        }
        return Math.min(p, to);
    }

    /** Whether all strings end, and none where a word goes on. */
    private static Fit fit(byte[] in, int from, int to, boolean escapes) {
        int p = from;
        while (p < to) {
            if (Lexer.kind(in[p]) == Lexer.STRING) {
                p = Lexer.closingQuote(in, p, to, escapes);
                if (p == to) {
                    return Fit.OPEN;
                }
                p++;
                if (p < to && Lexer.isNameByte(in[p])) {
                    return Fit.BROKEN;
                }
            } else if (Lexer.startsComment(in, p, to) && !Lexer.startsExecutable(in, p, to)) {
                p = Lexer.afterComment(in, p, to);
            } else {
                p = in[p] == '`' ? Lexer.afterQuotedName(in, p, to) : p + 1;
            }
        }
        return Fit.WHOLE;
    }
}
