package io.onedump.database.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;

/**
 * What a client sends to prove that it knows the password, without or with telling it.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html">
 *      exchanges</a>
 */
final class PasswordProof {

    private PasswordProof() {
    }

    /** {@code SHA1(password) XOR SHA1(scramble + SHA1(SHA1(password)))}. */
    static byte[] nativePassword(byte[] password, byte[] scramble) {
        if (password.length == 0) {
            return password;
        }
        byte[] once = digest("SHA-1", password);
        return xor(once, digest("SHA-1", scramble, digest("SHA-1", once)));
    }

    /** {@code SHA256(password) XOR SHA256(SHA256(SHA256(password)) + scramble)}. */
    static byte[] cachingSha2(byte[] password, byte[] scramble) {
        if (password.length == 0) {
            return password;
        }
        byte[] once = digest("SHA-256", password);
        return xor(once, digest("SHA-256", digest("SHA-256", once), scramble));
    }

    /** The password itself, for whoever has the private key to the PEM key. */
    static byte[] encrypted(byte[] password, byte[] scramble, byte[] pem) throws IOException {
        String base64 = new String(pem, StandardCharsets.US_ASCII).replaceAll("-----[^-]*-----|\\s", "");
        try {
            PublicKey key = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(xor(Arrays.copyOf(password, password.length + 1), scramble));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the server's public key cannot be used: " + e.getMessage(), e);
        }
    }

    private static byte[] xor(byte[] bytes, byte[] with) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = (byte) (bytes[i] ^ with[i % with.length]);
        }
        return result;
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
