package io.onedump.slowlog.text;

import java.util.Arrays;

/** Where the tokens of a statement end, by MySQL's rules. Every method takes a token's first byte. */
public final class Lexer {

    public static final byte SPACE = 1;
    /** Begins or continues a name. */
    public static final byte WORD = 2;
    /** Continues a name, begins a number. */
    public static final byte DIGIT = 3;
    public static final byte STRING = 4;

    private static final byte[] KIND = new byte[256];

    static {
        for (int i = 0; i < 256; i++) {
            boolean letter = i >= 'a' && i <= 'z' || i >= 'A' && i <= 'Z' || i == '_' || i == '$' || i >= 0x80;
            KIND[i] = letter ? WORD : i >= '0' && i <= '9' ? DIGIT : i == '\'' || i == '"' ? STRING : 0;
        }
        for (char c : " \t\n\r\f\u000b".toCharArray()) {
            KIND[c] = SPACE;
        }
    }

    private Lexer() {
    }

    public static byte kind(byte b) {
        return KIND[b & 0xff];
    }

    public static boolean isNameByte(byte b) {
        return (KIND[b & 0xff] & WORD) != 0;
    }

    public static boolean isHexDigit(byte b) {
        int c = b | 0x20;
        return Ascii.isDigit(b) || c >= 'a' && c <= 'f';
    }

    public static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    public static int afterSpace(byte[] in, int from, int to) {
        int p = from;
        while (p < to && KIND[in[p] & 0xff] == SPACE) {
            p++;
        }
        return p;
    }

    public static int afterName(byte[] in, int from, int to) {
        int p = from;
        while (p < to && isNameByte(in[p])) {
            p++;
        }
        return p;
    }

    /**
     * A string ends at the same quote; a doubled quote belongs to it, and one after a backslash when those escape.
     */
    public static int afterString(byte[] in, int from, int to, boolean escapes) {
        return Math.min(closingQuote(in, from, to, escapes) + 1, to);
    }

    /** The quote that ends a string, or {@code to} when it does not end. */
    static int closingQuote(byte[] in, int from, int to, boolean escapes) {
        byte quote = in[from];
        int p = from + 1;
        while (p < to) {
            byte b = in[p];
            if (b == quote) {
                if (p + 1 == to || in[p + 1] != quote) {
                    return p;
                }
                p++;
            } else if (escapes && b == '\\') {
                p++;
            }
            p++;
        }
        return to;
    }

    /** A name between backticks ends at the next one. */
    public static int afterQuotedName(byte[] in, int from, int to) {
        int p = from + 1;
        while (p < to && in[p] != '`') {
            p++;
        }
        return Math.min(p + 1, to);
    }

    /** The end of {@code name} or {@code db.name}, each between backticks or not. */
    public static int afterQualifiedName(byte[] in, int from, int to) {
        int p = from;
        while (p < to && (isNameByte(in[p]) || in[p] == '.' || in[p] == '`')) {
            p = in[p] == '`' ? afterQuotedName(in, p, to) : p + 1;
        }
        return p;
    }

    /**
     * The end of a text between dollar signs, {@code $$text$$} or {@code $tag$text$tag$}, as MySQL 9 has for routines
     * in other languages, or {@code to} when it does not end; -1 when it is a name.
     */
    public static int afterDollarQuoted(byte[] in, int from, int to) {
        int tag = from + 1;
        while (tag < to && in[tag] != '$' && isNameByte(in[tag])) {
            tag++;
        }
        if (tag >= to || in[tag] != '$') {
            return -1;
        }
        int length = tag + 1 - from;
        for (int p = Ascii.indexOf(in, tag + 1, to, (byte) '$'); p + length <= to; p =
                Ascii.indexOf(in, p + 1, to, (byte) '$')) {
            if (Arrays.equals(in, p, p + length, in, from, tag + 1)) {
                return p + length;
            }
        }
        return to;
    }

    /** Whether {@code #}, {@code --} followed by a blank, or a block comment begins here. */
    public static boolean startsComment(byte[] in, int p, int to) {
        byte b = in[p];
        return b == '#'
                || b == '/' && p + 1 < to && in[p + 1] == '*'
                || b == '-' && p + 1 < to && in[p + 1] == '-' && (p + 2 == to || in[p + 2] >= 0 && in[p + 2] <= ' ');
    }

    /** Whether the block comment that begins here belongs to the statement: a hint or something that is executed. */
    public static boolean startsExecutable(byte[] in, int p, int to) {
        return p + 2 < to && in[p] == '/' && in[p + 1] == '*' && (in[p + 2] == '!' || in[p + 2] == '+'
                || in[p + 2] == 'M' && p + 3 < to && in[p + 3] == '!');
    }

    /**
     * The end of what opens an executable comment or hint: {@code /*+}, {@code /*!}, {@code /*M!} with the five or six
     * digits of a version. Other digits are of its text.
     */
    public static int afterExecutableStart(byte[] in, int from, int to) {
        int mark = in[from + 2] == 'M' ? from + 3 : from + 2;
        int version = mark + 1;
        int end = afterDigits(in, version, to);
        boolean versioned = in[mark] == '!' && (end - version == 5 || end - version == 6);
        return versioned ? end : version;
    }

    public static int afterComment(byte[] in, int from, int to) {
        if (in[from] != '/') {
            return Ascii.lineEnd(in, from, to);
        }
        int p = from + 2;
        while (p + 1 < to && !(in[p] == '*' && in[p + 1] == '/')) {
            p++;
        }
        return p + 1 < to ? p + 2 : to;
    }

    /**
     * The end of a number: {@code 1}, {@code 1.5}, {@code .5}, {@code 1e-3}, {@code 0x1F}, {@code 0b01}. -1 when it is
     * a name that begins with a digit.
     */
    public static int afterNumber(byte[] in, int from, int to) {
        int p = from;
        if (in[p] == '0' && p + 2 < to && in[p + 1] == 'x' && isHexDigit(in[p + 2])) {
            p += 2;
            while (p < to && isHexDigit(in[p])) {
                p++;
            }
        } else if (in[p] == '0' && p + 2 < to && in[p + 1] == 'b' && Ascii.isDigit(in[p + 2])) {
            p = afterDigits(in, p + 2, to);
        } else {
            p = afterDecimal(in, p, to);
        }
        return p < to && kind(in[p]) == WORD ? -1 : p;
    }

    private static int afterDecimal(byte[] in, int from, int to) {
        int p = afterDigits(in, from, to);
        if (p < to && in[p] == '.') {
            p = afterDigits(in, p + 1, to);
        }
        if (p < to && (in[p] | 0x20) == 'e') {
            int exponent = p + 1 < to && (in[p + 1] == '-' || in[p + 1] == '+') ? p + 2 : p + 1;
            if (exponent < to && Ascii.isDigit(in[exponent])) {
                p = afterDigits(in, exponent, to);
            }
        }
        return p;
    }

    private static int afterDigits(byte[] in, int from, int to) {
        int p = from;
        while (p < to && Ascii.isDigit(in[p])) {
            p++;
        }
        return p;
    }

    /** The name {@code [from, to)} as {@link Keywords} has it; 0 when it is longer than any of them. */
    public static long packed(byte[] in, int from, int to) {
        if (to - from > 8) {
            return 0;
        }
        long packed = 0;
        for (int p = from; p < to; p++) {
            packed = packed << 8 | lower(in[p]) & 0xff;
        }
        return packed;
    }

    /**
     * The end of a literal that begins with a name: {@code x'1F'}, {@code b'01'}, {@code n'text'},
     * {@code _utf8mb4'text'}; -1 when it is just a name.
     */
    public static int afterIntroduced(byte[] in, int from, int nameEnd, int to, boolean escapes) {
        boolean charset = in[from] == '_';
        int string = charset ? Ascii.skipBlanks(in, nameEnd, to) : nameEnd;
        if (string >= to || kind(in[string]) != STRING) {
            return -1;
        }
        int letter = in[from] | 0x20;
        boolean prefix = nameEnd == from + 1 && (letter == 'x' || letter == 'b' || letter == 'n');
        return charset || prefix ? afterString(in, string, to, escapes) : -1;
    }
}
