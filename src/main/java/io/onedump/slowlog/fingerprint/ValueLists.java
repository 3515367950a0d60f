package io.onedump.slowlog.fingerprint;

import io.onedump.slowlog.text.Keywords;
import io.onedump.slowlog.text.Lexer;

/** Finds the ends of the lists that a fingerprint folds into {@code (?+)}. */
final class ValueLists {

    private static final int NOT_A_LIST = -1;

    private ValueLists() {
    }

    /**
     * The end of lists that hold nothing but literals: {@code (1, 'a', (2, NULL)), (3)}.
     *
     * @param from    an opening parenthesis
     * @param escapes whether backslashes escape in strings
     * @return the byte after the last list, or -1 when the first one holds something else
     */
    static int afterLiterals(byte[] in, int from, int to, boolean escapes) {
        return afterLists(in, from, to, escapes, true);
    }

    /** The end of the rows of an INSERT, which may hold any expression but a subquery; -1 when the first one does. */
    static int afterRows(byte[] in, int from, int to, boolean escapes) {
        return afterLists(in, from, to, escapes, false);
    }

    private static int afterLists(byte[] in, int from, int to, boolean escapes, boolean literalsOnly) {
        int end = NOT_A_LIST;
        int p = from;
        while (p < to && in[p] == '(') {
            int after = afterList(in, p, to, escapes, literalsOnly);
            if (after == NOT_A_LIST) {
                return end;
            }
            end = after;
            p = Lexer.afterSpace(in, after, to);
            if (p < to && in[p] == ',') {
                p = Lexer.afterSpace(in, p + 1, to);
            }
        }
        return end;
    }

    private static int afterList(byte[] in, int from, int to, boolean escapes, boolean literalsOnly) {
        int depth = 0;
        int p = from;
        while (p < to) {
            byte b = in[p];
            switch (Lexer.kind(b)) {
                case Lexer.SPACE -> p++;
                case Lexer.STRING -> p = Lexer.afterString(in, p, to, escapes);
                case Lexer.DIGIT -> {
                    int end = Lexer.afterNumber(in, p, to);
                    if (end < 0 && literalsOnly) {
                        return NOT_A_LIST;
                    }
                    p = end < 0 ? Lexer.afterName(in, p, to) : end;
                }
                case Lexer.WORD -> {
                    p = afterWord(in, p, to, escapes, literalsOnly);
                    if (p == NOT_A_LIST) {
                        return NOT_A_LIST;
                    }
                }
                default -> {
                    if (b == '(') {
                        depth++;
                    } else if (b == ')' && --depth == 0) {
                        return p + 1;
                    } else if (Lexer.startsComment(in, p, to)) {
                        p = Lexer.afterComment(in, p, to);
                        continue;
                    } else if (literalsOnly && b != ',' && b != ')' && b != '+' && b != '-' && b != '.' && b != '?') {
                        return NOT_A_LIST;
                    } else if (b == '`') {
                        p = Lexer.afterQuotedName(in, p, to);
                        continue;
                    }
                    p++;
                }
            }
        }
        // A statement that was cut inside its list.
        return to;
    }

    private static int afterWord(byte[] in, int from, int to, boolean escapes, boolean literalsOnly) {
        int end = Lexer.afterName(in, from, to);
        int literal = Lexer.afterIntroduced(in, from, end, to, escapes);
        if (literal >= 0) {
            return literal;
        }
        long word = Lexer.packed(in, from, end);
        boolean constant = word == Keywords.NULL || word == Keywords.TRUE || word == Keywords.FALSE
                || word == Keywords.DEFAULT;
        return literalsOnly && !constant || word == Keywords.SELECT ? NOT_A_LIST : end;
    }
}
