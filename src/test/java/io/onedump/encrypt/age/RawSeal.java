package io.onedump.encrypt.age;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;

/** Sealed files made by the letter of the specification, so that each letter can be another one. */
final class RawSeal {

    static final byte[] FILE_KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final byte[] NONCE = "nonce of payload".getBytes(StandardCharsets.US_ASCII);
    static final String PASSPHRASE = "correct horse battery staple";
    static final String VERSION = "age-encryption.org/v1\n";
    private static final byte[] SALT = "16 bytes of salt".getBytes(StandardCharsets.US_ASCII);
    private static final int WORK = 4;

    private RawSeal() {
    }

    /** With a header that is authentic, whatever it says, up to and with its three dashes. */
    static byte[] authentic(String header, byte[] payload) {
        return whole(header + " " + mac(header) + "\n", payload);
    }

    static byte[] whole(String header, byte[] payload) {
        return join(header.getBytes(StandardCharsets.ISO_8859_1), NONCE, payload);
    }

    static String mac(String header) {
        return base64(hmac(hkdf(FILE_KEY, new byte[0], "header"), header.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A chunk as such, whether or not it may have that size. */
    static byte[] chunk(long number, boolean last, byte[] plain) {
        byte[] nonce = ByteBuffer.allocate(12).putLong(3, number).put(11, (byte) (last ? 1 : 0)).array();
        return seal(hkdf(FILE_KEY, NONCE, "payload"), nonce, plain);
    }

    static String x25519(String recipient) {
        return x25519(recipient, FILE_KEY);
    }

    static String x25519(String recipient, byte[] fileKey) {
        try {
            RecipientStanza stanza = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient)
                    .getRecipientStanzas(new FileKey(fileKey)).iterator().next();
            return "-> X25519 " + stanza.getArguments().get(0) + "\n" + base64(stanza.getBody()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String scrypt() {
        return scrypt("scrypt", base64(SALT), String.valueOf(WORK), FILE_KEY);
    }

    /** What is said of it, while it is made with the usual salt and little work. */
    static String scrypt(String type, String salt, String work, byte[] fileKey) {
        return "-> " + type + " " + salt + " " + work + "\n" + base64(scryptBody(fileKey)) + "\n";
    }

    static byte[] scryptBody(byte[] fileKey) {
        try {
            byte[] salt = join("age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII), SALT);
            return seal(Scrypt.derive(PASSPHRASE.getBytes(StandardCharsets.UTF_8), salt, WORK, 32), new byte[12],
                    fileKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String salt() {
        return base64(SALT);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    static byte[] seal(byte[] key, byte[] nonce, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hkdf(byte[] key, byte[] salt, String info) {
        byte[] extracted = hmac(salt.length == 0 ? new byte[32] : salt, key);
        return hmac(extracted, join(info.getBytes(StandardCharsets.US_ASCII), new byte[] {1}));
    }

    private static byte[] hmac(byte[] key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
