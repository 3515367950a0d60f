package io.onedump.encrypt.age;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/** Seals and opens single chunks of one payload (STREAM with ChaCha20-Poly1305). For one thread at a time. */
final class ChunkCipher {

    private static final String ALGORITHM = "ChaCha20-Poly1305";
    private static final int NONCE = 12;

    private final SecretKey key;
    private final Cipher cipher;

    /** @param key of the payload */
    ChunkCipher(SecretKey key) {
        this.key = key;
        try {
            this.cipher = Cipher.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }

    /** @return bytes written to {@code out} */
    int seal(long number, boolean last, byte[] in, int offset, int length, byte[] out, int outOffset) {
        try {
            return run(Cipher.ENCRYPT_MODE, number, last, in, offset, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return bytes written to {@code out}, or -1 when this is not what was sealed as that chunk */
    int open(long number, boolean last, byte[] in, int length, byte[] out) {
        try {
            return run(Cipher.DECRYPT_MODE, number, last, in, 0, length, out, 0);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private int run(int mode, long number, boolean last, byte[] in, int offset, int length, byte[] out, int outOffset)
            throws GeneralSecurityException {
        // 11 bytes of counter, of which the first three stay 0 in any file that there can be, and the flag.
        ByteBuffer nonce = ByteBuffer.allocate(NONCE).putLong(NONCE - 1 - Long.BYTES, number);
        nonce.put(NONCE - 1, (byte) (last ? 1 : 0));
        cipher.init(mode, key, new IvParameterSpec(nonce.array()));
        return cipher.doFinal(in, offset, length, out, outOffset);
    }
}
