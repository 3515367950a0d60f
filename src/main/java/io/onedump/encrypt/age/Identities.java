package io.onedump.encrypt.age;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import io.onedump.artifact.KnownSecrets;

/** What opens a seal: X25519 identities, a passphrase, or both. */
public final class Identities {

    static final String X25519 = "AGE-SECRET-KEY-1";
    /** Nothing, which opens what is not sealed. */
    public static final Identities NONE = new Identities(List.of(), null);

    private final List<RecipientStanzaReader> keys;
    private final RecipientStanzaReader passphrase;

    private Identities(List<RecipientStanzaReader> keys, RecipientStanzaReader passphrase) {
        this.keys = List.copyOf(keys);
        this.passphrase = passphrase;
    }

    /**
     * The identities in the text of a file: one a line, comments after {@code #}.
     *
     * @throws IllegalArgumentException when there are none, or a line that is none; without what is in that line
     */
    public static Identities parse(String text) {
        if (text.startsWith(Header.VERSION) || text.startsWith(Header.ARMOR)) {
            throw new IllegalArgumentException("it is sealed itself: open it first, with age -d");
        }
        List<RecipientStanzaReader> keys = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines().map(String::strip)::iterator) {
            number++;
            if (!line.isEmpty() && !line.startsWith("#")) {
                keys.add(key(line, number));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no identity in it: one is a line that begins with " + X25519);
        }
        return new Identities(keys, null);
    }

    public static Identities ofPassphrase(String passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("the passphrase is empty");
        }
        KnownSecrets.add(passphrase);
        return new Identities(List.of(), ScryptStanza.reader(passphrase));
    }

    /**
     * What the options {@code identity} and {@code passphrase} of a step give, each null where it is not set.
     *
     * @throws IllegalArgumentException naming the option that gives none
     */
    public static Identities ofOptions(String identity, String passphrase) {
        Identities all = NONE;
        if (identity != null) {
            all = option("identity", identity, Identities::parse);
        }
        return passphrase == null ? all : all.and(option("passphrase", passphrase, Identities::ofPassphrase));
    }

    private static Identities option(String name, String value, Function<String, Identities> reading) {
        try {
            return reading.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + name + ": " + e.getMessage(), e);
        }
    }

    /** Those of both; of passphrases the other's, where it has one. */
    public Identities and(Identities other) {
        List<RecipientStanzaReader> all = new ArrayList<>(keys);
        all.addAll(other.keys);
        return new Identities(all, other.passphrase == null ? passphrase : other.passphrase);
    }

    public boolean isEmpty() {
        return keys.isEmpty() && passphrase == null;
    }

    List<RecipientStanzaReader> keys() {
        return keys;
    }

    /** Null for none. */
    RecipientStanzaReader passphrase() {
        return passphrase;
    }

    private static RecipientStanzaReader key(String line, int number) {
        if (line.startsWith("age1")) {
            throw new IllegalArgumentException("line " + number + " is a recipient, which is for sealing: an identity"
                    + " begins with " + X25519);
        }
        if (!line.toUpperCase(Locale.ROOT).startsWith(X25519)) {
            throw new IllegalArgumentException("line " + number + " is no identity of age: one begins with " + X25519
                    + "; those of SSH keys and plug-ins are not known here");
        }
        KnownSecrets.add(line);
        try {
            return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause, which may tell of the key.
            throw new IllegalArgumentException("line " + number + " is no X25519 identity of age: it is mistyped");
        }
    }

    @Override
    public String toString() {
        return "Identities[" + keys.size() + (passphrase == null ? "]" : " and a passphrase]");
    }
}
