package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Computes a {@link Digest} of bytes as they pass. Not for use by several threads. */
public final class Hasher {

    private static final int BUFFER = 128 * 1024;

    private final MessageDigest sha256 = sha256();
    private final CRC32 crc32 = new CRC32();
    private long size;

    /** Reads a stream to its end and closes it. */
    public static Digest of(InputStream in) throws IOException {
        return of(in, Long.MAX_VALUE);
    }

    /** Reads that many bytes of a stream, or all when it has fewer, and closes it. */
    public static Digest of(InputStream in, long length) throws IOException {
        Hasher hasher = new Hasher();
        byte[] buffer = new byte[BUFFER];
        long left = length;
        try (in) {
            for (int read; left > 0 && (read = in.read(buffer, 0, (int) Math.min(BUFFER, left))) >= 0; left -= read) {
                hasher.update(buffer, 0, read);
            }
        }
        return hasher.digest();
    }

    public void update(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        crc32.update(bytes, offset, length);
        size += length;
    }

    /** Ends the computation: call it once. */
    public Digest digest() {
        return new Digest(size, HexFormat.of().formatHex(sha256.digest()), crc32.getValue());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
