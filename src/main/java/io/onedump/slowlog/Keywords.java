package io.onedump.slowlog;

/** The key words that change a fingerprint, packed: the lower-case letters of a word of at most eight, a byte each. */
final class Keywords {

    static final long ASC = pack("asc");
    static final long CALL = pack("call");
    static final long DEFAULT = pack("default");
    static final long FALSE = pack("false");
    static final long IN = pack("in");
    static final long INSERT = pack("insert");
    static final long LIMIT = pack("limit");
    static final long NULL = pack("null");
    static final long OFFSET = pack("offset");
    static final long ON = pack("on");
    static final long ORDER = pack("order");
    static final long REPLACE = pack("replace");
    static final long SELECT = pack("select");
    static final long TRUE = pack("true");
    static final long UNION = pack("union");
    static final long USE = pack("use");
    static final long VALUE = pack("value");
    static final long VALUES = pack("values");

    private static final long[] BEFORE_OPERAND = {ASC, IN, LIMIT, ON, SELECT, VALUE, VALUES, pack("and"), pack("or"),
            pack("not"), pack("xor"), pack("where"), pack("having"), pack("between"), pack("like"), pack("regexp"),
            pack("by"), pack("when"), pack("then"), pack("else"), pack("case"), pack("set"), pack("div"), pack("mod"),
            pack("interval"), OFFSET, pack("return"), pack("distinct"), pack("all"), pack("is"), pack("if"),
            pack("default"), pack("rlike"), pack("while"), pack("until")};

    private Keywords() {
    }

    /** Whether a sign after this word is the sign of a number, and not plus or minus. */
    static boolean beforeOperand(long word) {
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
