package io.onedump.slowlog.text;

/** The key words that change a fingerprint, packed: the lower-case letters of a word of at most eight, a byte each. */
public final class Keywords {

    public static final long ASC = pack("asc");
    public static final long CALL = pack("call");
    public static final long DEFAULT = pack("default");
    public static final long FALSE = pack("false");
    public static final long IN = pack("in");
    public static final long INSERT = pack("insert");
    public static final long LIMIT = pack("limit");
    public static final long NULL = pack("null");
    public static final long OFFSET = pack("offset");
    public static final long ON = pack("on");
    public static final long ORDER = pack("order");
    public static final long REPLACE = pack("replace");
    public static final long SELECT = pack("select");
    public static final long TRUE = pack("true");
    public static final long UNION = pack("union");
    public static final long USE = pack("use");
    public static final long VALUE = pack("value");
    public static final long VALUES = pack("values");

    private static final long[] BEFORE_OPERAND = {ASC, IN, LIMIT, ON, SELECT, VALUE, VALUES, pack("and"), pack("or"),
            pack("not"), pack("xor"), pack("where"), pack("having"), pack("between"), pack("like"), pack("regexp"),
            pack("by"), pack("when"), pack("then"), pack("else"), pack("case"), pack("set"), pack("div"), pack("mod"),
            pack("interval"), OFFSET, pack("return"), pack("distinct"), pack("all"), pack("is"), pack("if"),
            pack("default"), pack("rlike"), pack("while"), pack("until")};

    private Keywords() {
    }

    /** Whether a sign after this word is the sign of a number, and not plus or minus. */
    public static boolean beforeOperand(long word) {
        for (long keyword : BEFORE_OPERAND) {
            if (keyword == word) {
                return true;
            }
        }
        return false;
    }

    private static long pack(String word) {
        long packed = 0;
        for (int i = 0; i < word.length(); i++) {
            packed = packed << 8 | word.charAt(i);
        }
        return packed;
    }
}
