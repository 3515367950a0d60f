package io.onedump.encrypt.age;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * scrypt (RFC 7914) with r = 8 and p = 1, as age uses it. Of its table of 2^n blocks only every few are kept, so that
 * it fits into a small heap; those between are computed again, which takes longer and gives the same.
 */
final class Scrypt {

    private static final int R = 8;
    private static final int BLOCK = 32 * R;
    /** Of the heap. */
    private static final int SHARE = 4;
    private static final String HMAC = "HmacSHA256";
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Scrypt() {
    }

    /** @param logN binary logarithm of the number of blocks, so of the cost */
    static byte[] derive(byte[] password, byte[] salt, int logN, int length) throws GeneralSecurityException {
        return derive(password, salt, logN, length, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param memory bytes for the table at the most */
    static byte[] derive(byte[] password, byte[] salt, int logN, int length, long memory)
            throws GeneralSecurityException {
        byte[] bytes = pbkdf2(password, salt, BLOCK * Integer.BYTES);
        int[] block = new int[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (int) INTS.get(bytes, i * Integer.BYTES);
        }
        mix(block, 1 << logN, every(logN, memory));
        for (int i = 0; i < BLOCK; i++) {
            INTS.set(bytes, i * Integer.BYTES, block[i]);
        }
        return pbkdf2(password, bytes, length);
    }

    /** Every how many blocks one is kept: a power of two. */
    private static int every(int logN, long memory) {
        int every = 1;
        while (((long) BLOCK * Integer.BYTES << logN) / every > memory) {
            every *= 2;
        }
        return every;
    }

    /** One round, which the JDK's PBKDF2 has for passwords of characters only. */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(password, HMAC));
        byte[] result = new byte[length];
        for (int number = 1, done = 0; done < length; number++) {
            mac.update(salt);
            byte[] part = mac.doFinal(new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8),
                    (byte) number});
            System.arraycopy(part, 0, result, done, Math.min(part.length, length - done));
            done += part.length;
        }
        return result;
    }

    /** ROMix. */
    private static void mix(int[] block, int blocks, int every) {
        int[][] table = new int[Math.max(1, blocks / every)][];
        int[] scratch = new int[BLOCK];
        for (int i = 0; i < blocks; i++) {
            if (i % every == 0) {
                table[i / every] = block.clone();
            }
            blockMix(block, scratch);
        }
        int[] wanted = new int[BLOCK];
        for (int i = 0; i < blocks; i++) {
            int index = block[BLOCK - 16] & (blocks - 1);
            System.arraycopy(table[index / every], 0, wanted, 0, BLOCK);
            for (int again = index % every; again > 0; again--) {
                blockMix(wanted, scratch);
            }
            for (int word = 0; word < BLOCK; word++) {
                block[word] ^= wanted[word];
            }
            blockMix(block, scratch);
        }
    }

    private static void blockMix(int[] block, int[] scratch) {
        int[] x = Arrays.copyOfRange(block, BLOCK - 16, BLOCK);
        for (int i = 0; i < 2 * R; i++) {
            for (int word = 0; word < 16; word++) {
                x[word] ^= block[i * 16 + word];
            }
            salsa(x);
            // The even ones first, then the odd ones.
            System.arraycopy(x, 0, scratch, (i / 2 + i % 2 * R) * 16, 16);
        }
        System.arraycopy(scratch, 0, block, 0, BLOCK);
    }

    /** Salsa20/8. */
    private static void salsa(int[] b) {
        int[] x = b.clone();
        for (int round = 0; round < 8; round += 2) {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 5, 9, 13, 1);
            quarter(x, 10, 14, 2, 6);
            quarter(x, 15, 3, 7, 11);
            quarter(x, 0, 1, 2, 3);
            quarter(x, 5, 6, 7, 4);
            quarter(x, 10, 11, 8, 9);
            quarter(x, 15, 12, 13, 14);
        }
        for (int i = 0; i < 16; i++) {
            b[i] += x[i];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
