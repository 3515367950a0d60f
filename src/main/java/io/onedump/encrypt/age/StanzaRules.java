package io.onedump.encrypt.age;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;

/** What the format asks of stanzas whoever opens them: one that breaks a rule is damage, and not somebody else's. */
final class StanzaRules {

    private static final String X25519 = "X25519";
    private static final int SHARE = 32;
    private static final int WRAPPED_KEY = 32;
    private static final Pattern LINE = Pattern.compile("-> [!-~]+(?: [!-~]+)*");

    private StanzaRules() {
    }

    /** Whether a line is the first of a stanza: words of visible ASCII with one blank between. */
    static boolean isFirstLine(String line) {
        return LINE.matcher(line).matches();
    }

    /**
     * @return the same
     * @throws InvalidKeyException for one that cannot have been made so
     */
    static List<RecipientStanza> check(Iterable<RecipientStanza> stanzas) throws InvalidKeyException {
        List<RecipientStanza> all = new ArrayList<>();
        for (RecipientStanza stanza : stanzas) {
            all.add(stanza);
            if (stanza.getType().equals(X25519)) {
                checkX25519(stanza);
            }
        }
        if (all.size() > 1 && all.stream().anyMatch(stanza -> stanza.getType().equals(ScryptStanza.TYPE))) {
            throw new InvalidKeyException("it has a passphrase beside other recipients");
        }
        return all;
    }

    private static void checkX25519(RecipientStanza stanza) throws InvalidKeyException {
        List<String> arguments = stanza.getArguments();
        if (arguments.size() != 1) {
            throw new InvalidKeyException("a recipient's stanza has " + arguments.size() + " arguments, not 1");
        }
        try {
            int length =
                    CanonicalBase64.getDecoder().decode(arguments.get(0).getBytes(StandardCharsets.US_ASCII)).length;
            if (length != SHARE) {
                throw new InvalidKeyException("a recipient's share has " + length + " bytes, not " + SHARE);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("a recipient's share is no base64 as the format wants it", e);
        }
        if (stanza.getBody().length != WRAPPED_KEY) {
            throw new InvalidKeyException("a recipient's stanza has a body of " + stanza.getBody().length + " bytes");
        }
    }

    /** Whether an identity was refused for what a stanza is, and not because it is another's. */
    static boolean isRefusal(Throwable e) {
        if (e instanceof InvalidKeyException) {
            return true;
        }
        for (Throwable suppressed : e.getSuppressed()) {
            if (isRefusal(suppressed)) {
                return true;
            }
        }
        return false;
    }
}
