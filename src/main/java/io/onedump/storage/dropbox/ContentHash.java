package io.onedump.storage.dropbox;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * <a href="https://www.dropbox.com/developers/reference/content-hash">Dropbox's content hash</a>: the SHA-256 of the
 * SHA-256s of all blocks of 4 MiB, of which the last may be shorter. Beside it, the CRC-32 of the same bytes.
 */
final class ContentHash {

    static final int BLOCK = 4 * 1024 * 1024;

    private static final int BUFFER = 128 * 1024;

    private final MessageDigest whole = sha256();
    private final MessageDigest block = sha256();
    private final CRC32 crc32 = new CRC32();
    private int filled;

    /** Reads a stream to its end and closes it. */
    void update(InputStream stream) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (stream) {
            int read;
            while ((read = stream.read(buffer, 0, Math.min(BUFFER, BLOCK - filled))) >= 0) {
                block.update(buffer, 0, read);
                crc32.update(buffer, 0, read);
                filled += read;
                if (filled == BLOCK) {
                    endBlock();
                }
            }
        }
    }

    long crc32() {
        return crc32.getValue();
    }

    /** Ends the computation: call it once. */
    String hex() {
        if (filled > 0) {
            endBlock();
        }
        return HexFormat.of().formatHex(whole.digest());
    }

    private void endBlock() {
        whole.update(block.digest());
        filled = 0;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
