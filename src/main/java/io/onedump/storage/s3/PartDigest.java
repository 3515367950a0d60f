package io.onedump.storage.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What is known of the bytes of a part that were sent.
 *
 * @param md5 null when it was not wanted
 */
record PartDigest(long length, long crc32, byte[] md5) {

    static PartDigest of(long length, CRC32 crc32, MessageDigest md5) {
        return new PartDigest(length, crc32.getValue(), md5 == null ? null : md5.digest());
    }

    /** The CRC-32 of all parts together, which is the artifact's own if it was read and sent without damage. */
    static long crc32(List<PartDigest> parts) {
        long whole = 0;
        for (PartDigest part : parts) {
            whole = Crc32.combine(whole, part.crc32(), part.length());
        }
        return whole;
    }

    /**
     * The entity tag that S3 computes unless it encrypts with a customer's key: for a multipart upload the MD5 of its
     * parts' MD5s with their number; null when an MD5 is missing.
     */
    static String etag(List<PartDigest> parts) {
        MessageDigest whole = newMd5();
        for (PartDigest part : parts) {
            if (part.md5() == null) {
                return null;
            }
            whole.update(part.md5());
        }
        return HexFormat.of().formatHex(whole.digest()) + "-" + parts.size();
    }

    /** The entity tag of an object that was sent whole: its MD5. */
    String etag() {
        return md5 == null ? null : HexFormat.of().formatHex(md5);
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
