package io.onedump.storage.s3;

import java.nio.ByteBuffer;
import java.util.Base64;

/** A CRC-32 as S3 writes it: base64 of its four bytes, the highest first. */
final class Crc32 {

    private Crc32() {
    }

    static String toBase64(long crc32) {
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32).array());
    }
}
