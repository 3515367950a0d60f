package io.onedump.storage.s3;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The entity tag that S3 computes unless it encrypts with a customer's key: the MD5 of an object, or for a multipart
 * upload the MD5 of its parts' MD5s with their number.
 */
final class Etag {

    private Etag() {
    }

    static String ofWhole(byte[] md5) {
        return md5 == null ? null : HexFormat.of().formatHex(md5);
    }

    /** Null when an MD5 is missing. */
    static String ofParts(List<byte[]> md5s) {
        MessageDigest whole = PartContent.newMd5();
        for (byte[] md5 : md5s) {
            if (md5 == null) {
                return null;
            }
            whole.update(md5);
        }
        return HexFormat.of().formatHex(whole.digest()) + "-" + md5s.size();
    }

    /** Servers write it with or without quotes. */
    static boolean equal(String expected, String reported) {
        return expected != null && reported != null && expected.equals(reported.replace("\"", ""));
    }
}
