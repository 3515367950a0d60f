package io.onedump.encrypt.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;

/**
 * An X25519 identity that nobody has had before.
 *
 * @param recipient for sealing, not secret
 * @param file      the text of its file, as {@code age-keygen} writes it; secret
 */
public record NewIdentity(String recipient, String file) {

    public static NewIdentity generate(Instant now) {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            String recipient = text(pair.getPublic().getEncoded());
            return new NewIdentity(recipient, "# created: " + now.truncatedTo(ChronoUnit.SECONDS) + "\n# public key: "
                    + recipient + "\n" + text(pair.getPrivate().getEncoded()) + "\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no X25519", e);
        }
    }

    private static String text(byte[] encoded) {
        return new String(encoded, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "NewIdentity[" + recipient + "]";
    }
}
