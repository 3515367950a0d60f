package io.onedump.slowlog.fingerprint;

import static io.onedump.slowlog.text.Lexer.kind;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Backslashes;
import io.onedump.slowlog.text.Keywords;
import io.onedump.slowlog.text.Lexer;

/** Writes the tokens of a statement in the spelling of its fingerprint. */
final class TokenWriter {

    private static final byte[] LIST = Ascii.bytes("(?+)");
    private static final byte[] PLACEHOLDER = Ascii.bytes(" ?");

    /** What the last token was, as far as it decides about the next. */
    private enum Last {
        OPERATOR, WORD, OPERAND
    }

    private final FingerprintBuffer out;
    private byte[] in;
    private int p;
    private int to;
    /** Whether backslashes escape in its strings. */
    private boolean escapes;
    private boolean space;
    private boolean comment;
    private Last last;
    /** The last token when it was a key word, see {@link Keywords}; else 0. */
    private long word;
    private boolean first;
    private boolean rows;
    private boolean ordered;
    private boolean unions;

    TokenWriter(FingerprintBuffer out) {
        this.out = out;
    }

    /**
     * @param cut whether the log ended inside the statement
     * @return whether there is a UNION among the tokens
     */
    boolean write(byte[] buf, int from, int end, boolean cut) {
        in = buf;
        p = from;
        to = end;
        backslashes(cut);
        space = false;
        comment = false;
        last = Last.OPERATOR;
        word = 0;
        first = true;
        rows = false;
        ordered = false;
        unions = false;
        while (p < to && out.length < Fingerprinter.LONGEST) {
            token();
        }
        return unions;
    }

    private void backslashes(boolean cut) {
        switch (Backslashes.in(in, p, to, cut)) {
            case ESCAPE -> escapes = true;
            case PLAIN -> escapes = false;
            case UNCLEAR -> {
                escapes = true;
                to = Backslashes.firstBeforeQuote(in, p, to);
            }
        }
    }

    private void token() {
        byte b = in[p];
        switch (kind(b)) {
            case Lexer.SPACE -> {
                space = true;
                p++;
            }
            case Lexer.WORD -> word();
            case Lexer.DIGIT -> number();
            case Lexer.STRING -> literal(Lexer.afterString(in, p, to, escapes));
            default -> symbol(b);
        }
    }

    private void symbol(byte b) {
        switch (b) {
            case '#', '-', '/' -> {
                if (Lexer.startsExecutable(in, p, to)) {
                    executableComment();
                } else if (Lexer.startsComment(in, p, to)) {
                    comment = true;
                    p = Lexer.afterComment(in, p, to);
                } else if (b == '-') {
                    sign();
                } else {
                    operator(b);
                }
            }
            case '+' -> sign();
            case '`' -> quotedName();
            case '(' -> openParenthesis();
            case '?' -> literal(p + 1);
            case '.' -> {
                boolean member = last != Last.OPERATOR && !space;
                if (!member && p + 1 < to && Ascii.isDigit(in[p + 1])) {
                    number();
                } else {
                    operator(b);
                }
            }
            case '\\' -> {
                // \N is NULL.
                if (p + 1 < to && in[p + 1] == 'N') {
                    literal(p + 2);
                } else {
                    operator(b);
                }
            }
            default -> {
                operator(b);
                last = b == ')' ? Last.OPERAND : Last.OPERATOR;
            }
        }
    }

    /** Copies the opening of a comment that is executed, with its version; its text is read as the statement's. */
    private void executableComment() {
        separate();
        int end = Lexer.afterExecutableStart(in, p, to);
        out.put(in, p, end);
        p = end;
        last = Last.OPERATOR;
        word = 0;
    }

    private void operator(byte b) {
        separate();
        out.put(b);
        p++;
        last = Last.OPERATOR;
        word = 0;
    }

    /** A sign belongs to the number after it unless something to calculate with stands before it. */
    private void sign() {
        int q = p + 1;
        while (q < to && (kind(in[q]) == Lexer.SPACE || in[q] == '-' || in[q] == '+')) {
            q++;
        }
        boolean number = q < to && (Ascii.isDigit(in[q]) || in[q] == '.' && q + 1 < to && Ascii.isDigit(in[q + 1]));
        boolean calculates = last == Last.OPERAND || last == Last.WORD && !Keywords.beforeOperand(word);
        if (number && !calculates) {
            p = q;
            number();
        } else {
            operator(in[p]);
        }
    }

    private void number() {
        int end = Lexer.afterNumber(in, p, to);
        if (end < 0) {
            word();
        } else {
            literal(end);
        }
    }

    private void literal(int end) {
        separate();
        out.put((byte) '?');
        p = end;
        last = Last.OPERAND;
        word = 0;
    }

    private void quotedName() {
        separate();
        int end = Lexer.afterQuotedName(in, p, to);
        out.putName(in, p, end);
        p = end;
        last = Last.OPERAND;
        word = 0;
    }

    private void word() {
        int end = Lexer.afterName(in, p, to);
        int literal = in[p] == '$'
                ? Lexer.afterDollarQuoted(in, p, to)
                : Lexer.afterIntroduced(in, p, end, to, escapes);
        if (literal >= 0) {
            literal(literal);
            return;
        }
        long packed = last == Last.OPERATOR && (out.last() == '.' || out.last() == '@') ? 0 : Lexer.packed(in, p, end);
        if (packed == Keywords.NULL || packed == Keywords.TRUE || packed == Keywords.FALSE) {
            literal(end);
        } else if (packed == Keywords.ASC && ordered) {
            p = end;
            space = false;
        } else {
            name(end);
            word = packed;
            keyword(packed);
        }
        first = false;
    }

    private void name(int end) {
        separate();
        out.putName(in, p, end);
        p = end;
        last = Last.WORD;
    }

    private void keyword(long packed) {
        if (first) {
            rows = packed == Keywords.INSERT || packed == Keywords.REPLACE;
            if (packed == Keywords.USE) {
                out.put(PLACEHOLDER);
                p = to;
            } else if (packed == Keywords.CALL) {
                StatementParts.putProcedure(in, p, to, out);
                p = to;
            }
        } else if (packed == Keywords.ORDER) {
            ordered = true;
        } else if (packed == Keywords.UNION) {
            unions = true;
        } else if (packed == Keywords.LIMIT) {
            limit();
        } else if (packed == Keywords.ON) {
            // After ON DUPLICATE KEY UPDATE, VALUES() is a function.
            rows = false;
        }
    }

    private void limit() {
        int end = StatementParts.afterLimit(in, p, to);
        if (end >= 0) {
            out.put(PLACEHOLDER);
            p = end;
            last = Last.OPERAND;
            word = 0;
            space = false;
        }
    }

    private void openParenthesis() {
        boolean values = word == Keywords.VALUES || word == Keywords.VALUE;
        int end = -1;
        if (values && rows) {
            end = ValueLists.afterRows(in, p, to, escapes);
        } else if (values || word == Keywords.IN) {
            end = ValueLists.afterLiterals(in, p, to, escapes);
        }
        if (end < 0) {
            operator(in[p]);
            return;
        }
        out.put(LIST);
        p = end;
        space = false;
        comment = false;
        last = Last.OPERAND;
        word = 0;
    }

    /** Puts the blank that white space asked for, or that a comment has to leave between two names. */
    private void separate() {
        boolean parts = comment && p < to && kind(in[p]) > Lexer.SPACE && (Lexer.isNameByte(out.last())
                || out.last() == '?' || out.last() == '`');
        if (out.length > 0 && (space || parts)) {
            out.put((byte) ' ');
        }
        space = false;
        comment = false;
    }
}
