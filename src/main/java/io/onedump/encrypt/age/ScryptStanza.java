package io.onedump.encrypt.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;

/**
 * The stanza of a passphrase: {@code -> scrypt SALT LOG2-OF-N}, the file's key sealed by what scrypt makes of
 * passphrase and salt.
 */
record ScryptStanza(String salt, String workFactor, byte[] body) implements RecipientStanza {

    static final String TYPE = "scrypt";

    private static final String LABEL = "age-encryption.org/v1/scrypt";
    private static final int SALT = 16;
    private static final int FILE_KEY = 16;
    private static final int KEY = 32;
    /** As age has it: about a second. */
    private static final int WORK_FACTOR = 18;
    /** Whoever sends a file must not be able to keep its reader busy for hours. */
    private static final int MOST_WORK = 20;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public List<String> getArguments() {
        return List.of(salt, workFactor);
    }

    @Override
    public byte[] getBody() {
        return body.clone();
    }

    static RecipientStanzaWriter writer(String passphrase) {
        return fileKey -> {
            byte[] salt = new byte[SALT];
            new SecureRandom().nextBytes(salt);
            byte[] body = cipher(Cipher.ENCRYPT_MODE, passphrase, salt, WORK_FACTOR).doFinal(fileKey.getEncoded());
            return List.of(new ScryptStanza(Base64.getEncoder().withoutPadding().encodeToString(salt),
                    String.valueOf(WORK_FACTOR), body));
        };
    }

    static RecipientStanzaReader reader(String passphrase) {
        return stanzas -> {
            RecipientStanza stanza = stanzas.iterator().next();
            List<String> arguments = stanza.getArguments();
            if (arguments.size() != 2) {
                throw new InvalidKeyException("a passphrase's stanza has " + arguments.size() + " arguments, not 2");
            }
            byte[] salt = CanonicalBase64.getDecoder().decode(arguments.get(0).getBytes(StandardCharsets.US_ASCII));
            if (salt.length != SALT) {
                throw new InvalidKeyException("a passphrase's salt has " + salt.length + " bytes, not " + SALT);
            }
            if (stanza.getBody().length != FILE_KEY + Chunks.TAG) {
                throw new InvalidKeyException("a passphrase's stanza has a body of " + stanza.getBody().length
                        + " bytes");
            }
            try {
                return new FileKey(cipher(Cipher.DECRYPT_MODE, passphrase, salt, workFactor(arguments.get(1)))
                        .doFinal(stanza.getBody()));
            } catch (AEADBadTagException e) {
                throw new UnsupportedRecipientStanzaException("the passphrase is another");
            }
        };
    }

    private static int workFactor(String text) throws InvalidKeyException {
        if (!NUMBER.matcher(text).matches()) {
            throw new InvalidKeyException("its work factor is no number of one or two digits");
        }
        int factor = Integer.parseInt(text);
        if (factor > MOST_WORK) {
            throw new InvalidKeyException("its work factor is " + factor + ", and more than " + MOST_WORK
                    + " is refused here: open it by age -d");
        }
        return factor;
    }

    private static Cipher cipher(int mode, String passphrase, byte[] salt, int workFactor)
            throws GeneralSecurityException {
        byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
        byte[] labelled = new byte[label.length + salt.length];
        System.arraycopy(label, 0, labelled, 0, label.length);
        System.arraycopy(salt, 0, labelled, label.length, salt.length);
        byte[] key = Scrypt.derive(passphrase.getBytes(StandardCharsets.UTF_8), labelled, workFactor, KEY);
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(new byte[12]));
        return cipher;
    }
}
