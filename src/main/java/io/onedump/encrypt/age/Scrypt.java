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

    /** Salsa20/8; single variables are what the compiler keeps in registers. */
    private static void salsa(int[] b) {
        int x0 = b[0];
        int x1 = b[1];
        int x2 = b[2];
        int x3 = b[3];
        int x4 = b[4];
        int x5 = b[5];
        int x6 = b[6];
        int x7 = b[7];
        int x8 = b[8];
        int x9 = b[9];
        int x10 = b[10];
        int x11 = b[11];
        int x12 = b[12];
        int x13 = b[13];
        int x14 = b[14];
        int x15 = b[15];
        for (int round = 0; round < 8; round += 2) {
            x4 ^= Integer.rotateLeft(x0 + x12, 7);
            x8 ^= Integer.rotateLeft(x4 + x0, 9);
            x12 ^= Integer.rotateLeft(x8 + x4, 13);
            x0 ^= Integer.rotateLeft(x12 + x8, 18);
            x9 ^= Integer.rotateLeft(x5 + x1, 7);
            x13 ^= Integer.rotateLeft(x9 + x5, 9);
            x1 ^= Integer.rotateLeft(x13 + x9, 13);
            x5 ^= Integer.rotateLeft(x1 + x13, 18);
            x14 ^= Integer.rotateLeft(x10 + x6, 7);
            x2 ^= Integer.rotateLeft(x14 + x10, 9);
            x6 ^= Integer.rotateLeft(x2 + x14, 13);
            x10 ^= Integer.rotateLeft(x6 + x2, 18);
            x3 ^= Integer.rotateLeft(x15 + x11, 7);
            x7 ^= Integer.rotateLeft(x3 + x15, 9);
            x11 ^= Integer.rotateLeft(x7 + x3, 13);
            x15 ^= Integer.rotateLeft(x11 + x7, 18);
            x1 ^= Integer.rotateLeft(x0 + x3, 7);
            x2 ^= Integer.rotateLeft(x1 + x0, 9);
            x3 ^= Integer.rotateLeft(x2 + x1, 13);
            x0 ^= Integer.rotateLeft(x3 + x2, 18);
            x6 ^= Integer.rotateLeft(x5 + x4, 7);
            x7 ^= Integer.rotateLeft(x6 + x5, 9);
            x4 ^= Integer.rotateLeft(x7 + x6, 13);
            x5 ^= Integer.rotateLeft(x4 + x7, 18);
            x11 ^= Integer.rotateLeft(x10 + x9, 7);
            x8 ^= Integer.rotateLeft(x11 + x10, 9);
            x9 ^= Integer.rotateLeft(x8 + x11, 13);
            x10 ^= Integer.rotateLeft(x9 + x8, 18);
            x12 ^= Integer.rotateLeft(x15 + x14, 7);
            x13 ^= Integer.rotateLeft(x12 + x15, 9);
            x14 ^= Integer.rotateLeft(x13 + x12, 13);
            x15 ^= Integer.rotateLeft(x14 + x13, 18);
        }
        b[0] += x0;
        b[1] += x1;
        b[2] += x2;
        b[3] += x3;
        b[4] += x4;
        b[5] += x5;
        b[6] += x6;
        b[7] += x7;
        b[8] += x8;
        b[9] += x9;
        b[10] += x10;
        b[11] += x11;
        b[12] += x12;
        b[13] += x13;
        b[14] += x14;
        b[15] += x15;
    }
}
