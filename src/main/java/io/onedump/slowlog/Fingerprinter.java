package io.onedump.slowlog;

import static io.onedump.slowlog.Lexer.kind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Abstracts a statement to its shape, by MySQL's lexical rules ("Lexical structure" in its reference manual) and in the
 * spelling of pt-query-digest: lower case, one blank between words, {@code ?} for every literal, lists of literals as
 * {@code (?+)}, no comments. The bytes go to a buffer that is used again for every statement.
 *
 * <p>Digits in names become {@code ?} too, so that {@code users_2025} and {@code users_2026} are one class, as in
 * pt-query-digest. Optimizer hints and executable comments belong to the statement and stay.
 */
public final class Fingerprinter {

    /** Longer fingerprints are cut: statements that agree so far are one class. */
    static final int LONGEST = 1 << 20;

    private static final byte[] ADMIN = Ascii.bytes("administrator command: ");
    private static final byte[] MYSQLDUMP_SELECT = Ascii.bytes("SELECT /*!40001 SQL_NO_CACHE */ * FROM `");
    private static final byte[] MYSQLDUMP = Ascii.bytes("mysqldump");
    private static final byte[] LIST = Ascii.bytes("(?+)");
    private static final byte[] PLACEHOLDER = Ascii.bytes(" ?");

    /** What the last token was, as far as it decides about the next. */
    private enum Last { OPERATOR, WORD, OPERAND }

    private final FingerprintBuffer out = new FingerprintBuffer();
    private byte[] in;
    private int p;
    private int to;
    private boolean space;
    private boolean comment;
    private Last last;
    /** The last token when it was a key word, see {@link Keywords}; else 0. */
    private long word;
    private boolean first;
    private boolean rows;
    private boolean ordered;
    private boolean unions;

    /**
     * Writes the fingerprint of every statement of a stream; each ends with a NUL byte there and here.
     *
     * @throws IOException when reading or writing fails
     */
    public static void copy(InputStream statements, OutputStream fingerprints) throws IOException {
        Fingerprinter fingerprinter = new Fingerprinter();
        ByteArrayOutputStream statement = new ByteArrayOutputStream();
        int b = statements.read();
        while (b >= 0) {
            statement.reset();
            for (; b > 0; b = statements.read()) {
                statement.write(b);
            }
            fingerprinter.of(statement.toByteArray(), 0, statement.size());
            fingerprints.write(fingerprinter.bytes(), 0, fingerprinter.length());
            fingerprints.write(0);
            if (b == 0) {
                b = statements.read();
            }
        }
        fingerprints.flush();
    }

    /** Makes the fingerprint of a statement, in {@link #bytes()} up to {@link #length()}. */
    void of(byte[] buf, int from, int end) {
        in = buf;
        p = from;
        to = end;
        out.length = 0;
        space = false;
        comment = false;
        last = Last.OPERATOR;
        word = 0;
        first = true;
        rows = false;
        ordered = false;
        unions = false;
        if (Ascii.startsWith(in, p, to, ADMIN)) {
            out.put(in, p, Ascii.trimEnd(in, p, to));
        } else if (Ascii.startsWith(in, p, to, MYSQLDUMP_SELECT)) {
            out.put(MYSQLDUMP);
        } else {
            while (p < to && out.length < LONGEST) {
                token();
            }
        }
        out.trim();
        if (unions) {
            out.foldUnions();
        }
    }

    byte[] bytes() {
        return out.bytes;
    }

    int length() {
        return out.length;
    }

    /** The fingerprint as text. */
    String text(byte[] buf, int from, int end) {
        of(buf, from, end);
        return LogText.text(out.bytes, 0, out.length);
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
            case Lexer.STRING -> literal(Lexer.afterString(in, p, to));
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
        do {
            out.put(in[p++]);
        } while (p < to && in[p] != ' ' && !(Lexer.kind(in[p]) == Lexer.WORD && in[p] != 'M') && in[p] != '\n');
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
        int end = p + 1;
        while (end < to && in[end] != '`') {
            end++;
        }
        copyName(Math.min(end + 1, to));
        last = Last.OPERAND;
        word = 0;
    }

    /** Copies a name in lower case; a digit and what looks hexadecimal after it becomes {@code ?}. */
    private void copyName(int end) {
        out.reserve(end - p);
        byte[] target = out.bytes;
        byte[] source = in;
        int length = out.length;
        int from = p;
        while (from < end) {
            byte b = source[from++];
            if (!Ascii.isDigit(b)) {
                target[length++] = Lexer.lower(b);
                continue;
            }
            target[length++] = '?';
            while (from < end && (Lexer.isHexDigit(source[from]) || (source[from] | 0x20) == 'x')) {
                from++;
            }
        }
        out.length = length;
        p = end;
    }

    private void word() {
        int end = Lexer.afterName(in, p, to);
        int literal = Lexer.afterIntroduced(in, p, end, to);
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
        copyName(end);
        last = Last.WORD;
    }

    private void keyword(long packed) {
        if (first) {
            rows = packed == Keywords.INSERT || packed == Keywords.REPLACE;
            if (packed == Keywords.USE) {
                out.put(PLACEHOLDER);
                p = to;
            } else if (packed == Keywords.CALL) {
                procedure();
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

    /** A procedure is known by its name. */
    private void procedure() {
        p = Lexer.afterSpace(in, p, to);
        space = true;
        while (p < to && in[p] != '(' && in[p] != ';' && kind(in[p]) != Lexer.SPACE) {
            separate();
            out.put(Lexer.lower(in[p++]));
        }
        p = to;
    }

    /** Reads {@code LIMIT 10, 20} and {@code LIMIT 20 OFFSET 10} as {@code limit ?}. */
    private void limit() {
        int end = afterLimitValue(p);
        if (end < 0) {
            return;
        }
        out.put(PLACEHOLDER);
        p = end;
        last = Last.OPERAND;
        word = 0;
        space = false;
        int next = Lexer.afterSpace(in, p, to);
        int name = Lexer.afterName(in, next, to);
        if (next < to && in[next] == ',') {
            end = afterLimitValue(next + 1);
        } else if (Lexer.packed(in, next, name) == Keywords.OFFSET) {
            end = afterLimitValue(name);
        }
        p = Math.max(p, end);
    }

    private int afterLimitValue(int from) {
        int q = Lexer.afterSpace(in, from, to);
        if (q < to && in[q] == '?') {
            return q + 1;
        }
        return q < to && Ascii.isDigit(in[q]) ? Lexer.afterNumber(in, q, to) : -1;
    }

    private void openParenthesis() {
        boolean values = word == Keywords.VALUES || word == Keywords.VALUE;
        int end = -1;
        if (values && rows) {
            end = ValueLists.afterRows(in, p, to);
        } else if (values || word == Keywords.IN) {
            end = ValueLists.afterLiterals(in, p, to);
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
