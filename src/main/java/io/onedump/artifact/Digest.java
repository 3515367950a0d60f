package io.onedump.artifact;

/**
 * What is known of an artifact's bytes once they have ended.
 *
 * @param size   bytes
 * @param sha256 SHA-256 as 64 lower-case hex digits
 * @param crc32  CRC-32 (the polynomial of ISO-HDLC, as in gzip and S3), unsigned 32 bits
 */
public record Digest(long size, String sha256, long crc32) {

    public Digest {
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative: " + size);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
        }
    }
}
