package io.onedump.database.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves a password to a server, and has the server prove that it knows it too, by SCRAM-SHA-256.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677</a>
 */
final class Scram {

    static final String METHOD = "SCRAM-SHA-256";

    /** Somebody who asks for more wants us busy. */
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int LEAST_ROUNDS = 4096;
    private static final String NO_CHANNEL = "n,,";

    private final String password;
    private final String first;
    private final String nonce;
    private byte[] expected;

    Scram(String password) {
        this(password, Base64.getEncoder().encodeToString(random()));
    }

    Scram(String password, String nonce) {
        this.password = Normalizer.normalize(password, Normalizer.Form.NFKC);
        this.nonce = nonce;
        this.first = "n=,r=" + nonce;
    }

    private static byte[] random() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    byte[] first() {
        return (NO_CHANNEL + first).getBytes(StandardCharsets.UTF_8);
    }

    /** @param server what it answered to the first message */
    byte[] proof(String server) throws IOException {
        Map<Character, String> words = words(server);
        String both = words.getOrDefault('r', "");
        int rounds = Integer.parseInt(words.getOrDefault('i', "0").replaceAll("\\D|.{10,}", "0"));
        if (!both.startsWith(nonce) || both.length() == nonce.length() || !words.containsKey('s')
                || rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS) {
            throw new IOException("the server's part of the log-in is not as SCRAM-SHA-256 demands");
        }
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(new PBEKeySpec(
                    password.toCharArray(), Base64.getDecoder().decode(words.get('s')), rounds, 256)).getEncoded();
            byte[] clientKey = hmac(salted, "Client Key");
            String last = "c=" + Base64.getEncoder().encodeToString(NO_CHANNEL.getBytes(StandardCharsets.UTF_8))
                    + ",r=" + both;
            String all = first + "," + server + "," + last;
            byte[] proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), all);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= clientKey[i];
            }
            expected = hmac(hmac(salted, "Server Key"), all);
            return (last + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the log-in by SCRAM-SHA-256 failed: " + e.getMessage(), e);
        }
    }

    /** Whether whoever answered knows the password as well. */
    boolean isProved(String server) {
        String proof = words(server).get('v');
        return expected != null && proof != null && MessageDigest.isEqual(
                Base64.getEncoder().encode(expected), proof.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<Character, String> words(String message) {
        Map<Character, String> words = new HashMap<>();
        for (String word : message.split(",")) {
            if (word.length() > 2 && word.charAt(1) == '=') {
                words.put(word.charAt(0), word.substring(2));
            }
        }
        return words;
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
