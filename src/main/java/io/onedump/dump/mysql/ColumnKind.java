package io.onedump.dump.mysql;

/** How a column's values, as the text protocol sends them, are written as SQL. */
enum ColumnKind {

    /** Digits stand for themselves. */
    NUMBER,
    /** The same, but that a bare {@code -0} would come back as 0. */
    FLOATING,
    /** Between quotes; there is nothing in it to escape. */
    PLAIN,
    /** UTF-8 between quotes. */
    TEXT,
    /** Of a character set with ASCII in it: between quotes where all is ASCII, else as hex digits. */
    FOREIGN_TEXT,
    /** Bytes, or text of which the server's conversion could lose something: as hex digits. */
    HEX,
    /** Bytes: short ones as hex digits, others between quotes, which takes half the room. */
    BINARY
}
