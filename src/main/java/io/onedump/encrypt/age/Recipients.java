package io.onedump.encrypt.age;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.onedump.artifact.KnownSecrets;

/** For whom something is sealed: X25519 recipients, each of whom can open it, or everybody who knows a passphrase. */
public final class Recipients {

    private static final String X25519 = "age1";

    private final List<RecipientStanzaWriter> writers;

    private Recipients(List<RecipientStanzaWriter> writers) {
        this.writers = List.copyOf(writers);
    }

    /**
     * @param  recipients               as {@code onedump keygen} and {@code age-keygen} print them: {@code age1…}
     * @throws IllegalArgumentException when there are none, or one that is not such a recipient
     */
    public static Recipients of(List<String> recipients) {
        Set<String> different = new LinkedHashSet<>(recipients);
        if (different.isEmpty()) {
            throw new IllegalArgumentException("there is no recipient: name one that onedump keygen has printed,"
                    + " age1…");
        }
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        different.forEach(recipient -> writers.add(writer(recipient)));
        return new Recipients(writers);
    }

    /**
     * The recipients of a file: one a line, comments after {@code #}.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static List<String> inFile(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }

    /** Whoever knows it: the format allows no other recipient beside. */
    public static Recipients ofPassphrase(String passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("the passphrase is empty");
        }
        KnownSecrets.add(passphrase);
        return new Recipients(List.of(ScryptStanza.writer(passphrase)));
    }

    List<RecipientStanzaWriter> writers() {
        return writers;
    }

    private static RecipientStanzaWriter writer(String recipient) {
        // Never said again: it may be a secret that is in the wrong place.
        if (recipient.toUpperCase(Locale.ROOT).startsWith(Identities.X25519)) {
            throw new IllegalArgumentException("it names an identity, which is secret, in place of a recipient: use the"
                    + " age1… that belongs to it, which is in the identity's file as its public key");
        }
        if (!recipient.startsWith(X25519)) {
            throw new IllegalArgumentException("'" + shortened(recipient) + "' is no recipient of age: they begin with"
                    + " age1; those of SSH keys and plug-ins are not known here");
        }
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + shortened(recipient) + "' is no X25519 recipient of age, or"
                    + " mistyped; onedump keygen and age-keygen print them", e);
        }
    }

    private static String shortened(String recipient) {
        return recipient.length() <= 12 ? recipient : recipient.substring(0, 12) + "…";
    }
}
