package io.onedump.sync.sftp;

/** How much is on the way at a time. */
final class SftpLimits {

    /** Files up to this size are sent in one go; larger ones block by block, by all connections. */
    static final long WHOLE_FILE = 8L << 20;

    /** Bytes that a connection takes of a large file at a time. */
    static final int BLOCK = 256 * 1024;

    /** Bytes of a large file that are on the way at most: so many are lost when everything breaks. */
    static final long SPAN = 4L << 20;

    /** Blocks on the way on one connection. */
    static final int BLOCKS = 12;

    /** Files on the way on one connection. */
    static final int FILES = 128;

    /** So many files, or so many bytes, are compared by one command, which costs a log-in. */
    static final int PROOF_FILES = 4096;
    static final long PROOF_BYTES = 256L << 20;

    private SftpLimits() {
    }
}
