package io.onedump.encrypt.age;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

import javax.crypto.SecretKey;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyReader;

/**
 * The head of a sealed file: for whom the key of its payload was wrapped.
 *
 * @param bytes all of it, with the nonce of the payload behind
 * @param types of its stanzas, in order
 */
record Header(byte[] bytes, List<String> types) {

    static final String VERSION = "age-encryption.org/";
    static final String ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";
    static final int NONCE = 16;
    private static final String V1 = VERSION + "v1";
    private static final String FOREIGN = "it is not sealed in age's format";
    private static final String STANZA = "-> ";
    private static final String END = "---";
    /** More than ten thousand recipients. */
    private static final int LONGEST = 1 << 20;

    /** Reads no byte of the payload. */
    static Header read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String first = line(in, bytes);
        if (first.startsWith(ARMOR)) {
            throw new SealException("it is sealed in age's armor of text: it is opened by age -d only");
        }
        if (!first.equals(V1)) {
            throw new SealException(first.startsWith(VERSION)
                    ? "it is sealed in a version of age's format that is not known here"
                    : FOREIGN);
        }
        List<String> types = new ArrayList<>();
        String line = line(in, bytes);
        while (!line.startsWith(END)) {
            if (line.startsWith(STANZA)) {
                if (!StanzaRules.isFirstLine(line)) {
                    throw new SealException("the head of its seal is damaged: a recipient's stanza begins wrongly");
                }
                types.add(line.substring(STANZA.length()).split(" ", 2)[0]);
            }
            line = line(in, bytes);
        }
        if (types.isEmpty()) {
            throw new SealException("the head of its seal is damaged: it has no recipient");
        }
        byte[] nonce = in.readNBytes(NONCE);
        if (nonce.length < NONCE) {
            throw Chunks.cutOff();
        }
        bytes.write(nonce);
        return new Header(bytes.toByteArray(), types);
    }

    private static String line(InputStream in, ByteArrayOutputStream bytes) throws IOException {
        boolean first = bytes.size() == 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            if (bytes.size() + line.size() > LONGEST) {
                throw new SealException(first ? FOREIGN : "the head of its seal is damaged: it has no end");
            }
            next = in.read();
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (next < 0) {
            throw first && !V1.startsWith(text) ? new SealException(FOREIGN) : Chunks.cutOff();
        }
        line.writeTo(bytes);
        bytes.write(next);
        return text;
    }

    /** Whether bytes that begin so are sealed. */
    static boolean begins(byte[] bytes) {
        byte[] head = VERSION.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= head.length && ByteBuffer.wrap(bytes, 0, head.length).equals(ByteBuffer.wrap(head));
    }

    /**
     * The key of the payload.
     *
     * @throws IdentityException when nothing that was given opens it
     * @throws SealException     when it is damaged
     */
    SecretKey open(Identities identities) throws IOException {
        boolean byPassphrase = types.contains(ScryptStanza.TYPE);
        List<RecipientStanzaReader> readers = new ArrayList<>();
        if (byPassphrase && identities.passphrase() != null) {
            readers.add(identities.passphrase());
        } else if (!byPassphrase) {
            readers.addAll(identities.keys());
        }
        if (readers.isEmpty()) {
            throw new IdentityException(missing(byPassphrase), null);
        }
        List<RecipientStanzaReader> checked = readers.stream().<RecipientStanzaReader>map(
                reader -> stanzas -> reader.getFileKey(StanzaRules.check(stanzas))).toList();
        try {
            return new StandardPayloadKeyReader().getPayloadKey(ByteBuffer.wrap(bytes), checked);
        } catch (UnsupportedRecipientStanzaException e) {
            throw StanzaRules.isRefusal(e) ? damaged(e) : new IdentityException(wrong(byPassphrase), e);
        } catch (EOFException e) {
            throw Chunks.cutOff();
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private static SealException damaged(Exception e) {
        return new SealException("the head of its seal is damaged: " + e.getMessage(), e);
    }

    private String missing(boolean byPassphrase) {
        return byPassphrase
                ? "it is sealed with a passphrase, and none is given"
                : "it is sealed for " + recipients() + ", and the identity of none is given";
    }

    private String wrong(boolean byPassphrase) {
        return byPassphrase
                ? "the passphrase is wrong: it is sealed with another"
                : "the identity is wrong: it is sealed for " + recipients() + ", of which it is none";
    }

    private String recipients() {
        return types.size() == 1 ? "one recipient" : types.size() + " recipients";
    }
}
