package io.onedump.slowlog.fingerprint;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Keywords;
import io.onedump.slowlog.text.Lexer;

/** Parts of a statement that a fingerprint spells in a way of their own. */
final class StatementParts {

    private static final byte[] PLACEHOLDER = Ascii.bytes(" ?");

    private StatementParts() {
    }

    /** Puts the procedure of a CALL: its name, digits and all, is what it is known by. */
    static void putProcedure(byte[] in, int from, int to, FingerprintBuffer out) {
        int p = Lexer.afterSpace(in, from, to);
        while (p < to && Lexer.startsComment(in, p, to)) {
            p = Lexer.afterSpace(in, Lexer.afterComment(in, p, to), to);
        }
        int end = Lexer.afterQualifiedName(in, p, to);
        if (end == p || in[p] == '.' || Ascii.isDigit(in[p]) && Lexer.afterNumber(in, p, to) >= 0
                || Lexer.afterIntroduced(in, p, end, to, true) >= 0) {
            out.put(PLACEHOLDER);
            return;
        }
        out.put((byte) ' ');
        for (; p < end; p++) {
            out.put(Lexer.lower(in[p]));
        }
    }

    /** The end of {@code 10, 20} or {@code 20 OFFSET 10} after a LIMIT; -1 when it is something else. */
    static int afterLimit(byte[] in, int from, int to) {
        int end = afterLimitValue(in, from, to);
        if (end < 0) {
            return end;
        }
        int next = Lexer.afterSpace(in, end, to);
        int name = Lexer.afterName(in, next, to);
        int second = -1;
        if (next < to && in[next] == ',') {
            second = afterLimitValue(in, next + 1, to);
        } else if (Lexer.packed(in, next, name) == Keywords.OFFSET) {
            second = afterLimitValue(in, name, to);
        }
        return Math.max(end, second);
    }

    private static int afterLimitValue(byte[] in, int from, int to) {
        int p = Lexer.afterSpace(in, from, to);
        if (p < to && in[p] == '?') {
            return p + 1;
        }
        return p < to && Ascii.isDigit(in[p]) ? Lexer.afterNumber(in, p, to) : -1;
    }
}
