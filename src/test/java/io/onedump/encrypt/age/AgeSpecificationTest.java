package io.onedump.encrypt.age;

import static io.onedump.encrypt.age.RawSeal.FILE_KEY;
import static io.onedump.encrypt.age.RawSeal.VERSION;
import static io.onedump.encrypt.age.RawSeal.authentic;
import static io.onedump.encrypt.age.RawSeal.base64;
import static io.onedump.encrypt.age.RawSeal.chunk;
import static io.onedump.encrypt.age.RawSeal.join;
import static io.onedump.encrypt.age.RawSeal.mac;
import static io.onedump.encrypt.age.RawSeal.salt;
import static io.onedump.encrypt.age.RawSeal.scrypt;
import static io.onedump.encrypt.age.RawSeal.scryptBody;
import static io.onedump.encrypt.age.RawSeal.whole;
import static io.onedump.encrypt.age.RawSeal.x25519;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every failure that C2SP's specification of age v1 names, with a header that is authentic where that is possible. */
class AgeSpecificationTest {

    private static final Keys KEYS = Keys.generate();
    private static final String X25519 = x25519(KEYS.recipient());
    private static final String HEADER = VERSION + X25519 + "---";
    private static final byte[] PLAIN = "age".getBytes();
    private static final byte[] PAYLOAD = chunk(0, true, PLAIN);
    private static final int CHUNK = 64 * 1024;
    private static final Identities BOTH = KEYS.identities().and(Identities.ofPassphrase(RawSeal.PASSPHRASE));
    /** What it seals is of another size than any chunk, its body one line of base64 that is full. */
    private static final String GREASE = "-> grease arg ARG !~\n" + base64(new byte[48]) + "\n\n";

    static Stream<Arguments> good() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("one recipient", authentic(HEADER, PAYLOAD));
        files.put("a stanza of a kind that nobody knows",
                authentic(VERSION + GREASE + X25519 + GREASE + "---", PAYLOAD));
        files.put("a stanza without a body", authentic(VERSION + "-> empty\n\n" + X25519 + "---", PAYLOAD));
        files.put("several recipients",
                authentic(VERSION + x25519(Keys.generate().recipient()) + X25519 + "---", PAYLOAD));
        files.put("a passphrase", authentic(VERSION + scrypt() + "---", PAYLOAD));
        files.put("a last chunk that is full",
                authentic(HEADER, join(chunk(0, false, zeros(CHUNK)), chunk(1, true, zeros(CHUNK)))));
        return arguments(files);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void opens(String name, byte[] file) throws IOException {
        assertThat(Keys.open(file, BOTH)).isNotEmpty().isEqualTo(Keys.openRanges(file, BOTH));
    }

    static Stream<Arguments> othersKeys() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("another recipient",
                authentic(VERSION + x25519(Keys.generate().recipient()) + "---", PAYLOAD));
        files.put("the type in other letters",
                authentic(VERSION + X25519.replace("X25519", "x25519") + "---", PAYLOAD));
        files.put("a tag of the key that is wrong", authentic(VERSION + flipBody(X25519) + "---", PAYLOAD));
        files.put("an unknown kind only", authentic(VERSION + GREASE + "---", PAYLOAD));
        files.put("another passphrase's tag", authentic(VERSION + flipBody(scrypt()) + "---", PAYLOAD));
        files.put("another work factor",
                authentic(VERSION + scrypt("scrypt", salt(), "5", FILE_KEY) + "---", PAYLOAD));
        files.put("the passphrase's type in other letters",
                authentic(VERSION + scrypt("Scrypt", salt(), "4", FILE_KEY) + "---", PAYLOAD));
        return arguments(files);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("othersKeys")
    void saysThatTheIdentityIsNotAmongThem(String name, byte[] file) {
        assertThatThrownBy(() -> Keys.open(file, BOTH)).isInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> Keys.openRanges(file, BOTH)).isInstanceOf(IdentityException.class);
    }

    static Stream<Arguments> bad() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        headers(files);
        stanzas(files);
        keys(files);
        passphrases(files);
        payloads(files);
        return arguments(files);
    }

    private static void headers(Map<String, byte[]> files) {
        String mac = mac(HEADER);
        files.put("another version", authentic(HEADER.replace("v1", "v1234"), PAYLOAD));
        files.put("lines with CR", authentic(HEADER.replace("\n", "\r\n"), PAYLOAD));
        files.put("no stanza", authentic(VERSION + "---", PAYLOAD));
        files.put("no MAC", whole(HEADER + "\n", PAYLOAD));
        files.put("another MAC", whole(HEADER + " " + mac(HEADER + "-") + "\n", PAYLOAD));
        files.put("a MAC without a blank before", whole(HEADER + mac + "\n", PAYLOAD));
        files.put("a MAC with two blanks before", whole(HEADER + "  " + mac + "\n", PAYLOAD));
        files.put("a MAC with a blank behind", whole(HEADER + " " + mac + " \n", PAYLOAD));
        files.put("a MAC with something behind", whole(HEADER + " " + mac + "AAA\n", PAYLOAD));
        files.put("a MAC that is cut off", whole(HEADER + " " + mac.substring(0, 40) + "\n", PAYLOAD));
        files.put("a MAC that is padded", whole(HEADER + " " + mac + "=\n", PAYLOAD));
        files.put("a MAC that is not canonical", whole(HEADER + " " + notCanonical(mac) + "\n", PAYLOAD));
        files.put("a MAC with CR behind", whole(HEADER + " " + mac + "\r\n", PAYLOAD));
    }

    private static void stanzas(Map<String, byte[]> files) {
        String full = base64(new byte[48]);
        files.put("a stanza that begins otherwise", beside("- > grease\n\n"));
        files.put("a stanza without a type", beside("-> \n\n"));
        files.put("a stanza without a blank", beside("->\n\n"));
        files.put("an empty argument", beside("-> grease  two\n\n"));
        files.put("a blank behind the arguments", beside("-> grease \n\n"));
        files.put("a letter that no argument has", beside("-> gr\u00e4se\n\n"));
        files.put("a body with padding", beside("-> grease\nQUI=\n"));
        files.put("a body that is not canonical", beside("-> grease\nQUJ\n"));
        files.put("a body in a line too long", beside("-> grease\n" + full + "AAAA\n"));
        files.put("a body without its last line", beside("-> grease\n" + full + "\n"));
        files.put("a body of two short lines", beside("-> grease\nAAAA\nAAAA\n"));
        files.put("no body", beside("-> grease\n"));
        files.put("a CR in a stanza", beside("-> grease\r\n\n"));
        files.put("letters that are not base64", beside("-> grease\nAA*A\n"));
    }

    private static void keys(Map<String, byte[]> files) {
        String share = X25519.split("[ \n]")[2];
        String body = X25519.split("\n")[1];
        files.put("an argument too many", stanza(X25519.replace(share, share + " more")));
        files.put("a share that is missing", stanza(X25519.replace(" " + share, "")));
        files.put("a share too short", stanza(X25519.replace(share, base64(new byte[31]))));
        files.put("a share too long", stanza(X25519.replace(share, base64(new byte[33]))));
        files.put("a share that is not canonical", stanza(X25519.replace(share, notCanonical(share))));
        files.put("a share of low order", stanza(X25519.replace(share, base64(new byte[32]))));
        files.put("a key that is not canonical", stanza(X25519.replace(body, notCanonical(body))));
        files.put("a key too long", stanza("-> X25519 " + share + "\n" + base64(new byte[33]) + "\n"));
        files.put("a key too short", stanza("-> X25519 " + share + "\n" + base64(new byte[31]) + "\n"));
    }

    private static void passphrases(Map<String, byte[]> files) {
        String body = base64(scryptBody(FILE_KEY));
        files.put("a passphrase and a recipient", authentic(VERSION + scrypt() + X25519 + "---", PAYLOAD));
        files.put("a recipient and a passphrase", authentic(VERSION + X25519 + scrypt() + "---", PAYLOAD));
        files.put("two passphrases", authentic(VERSION + scrypt() + scrypt() + "---", PAYLOAD));
        files.put("a passphrase and an unknown kind", authentic(VERSION + scrypt() + GREASE + "---", PAYLOAD));
        files.put("a salt that is missing", stanza("-> scrypt 4\n" + body + "\n"));
        files.put("a work factor that is missing", stanza("-> scrypt " + salt() + "\n" + body + "\n"));
        files.put("an argument of a passphrase too many",
                stanza("-> scrypt " + salt() + " 4 more\n" + body + "\n"));
        files.put("a salt too short", work(base64(new byte[15]), "4"));
        files.put("a salt too long", work(base64(new byte[17]), "4"));
        files.put("a salt that is not canonical", work(notCanonical(salt()), "4"));
        for (String factor : new String[] {"0", "04", "+4", "-4", "0x4", "4a", "4.", "23", "64",
                "18446744073709551620"}) {
            files.put("the work factor " + factor, work(salt(), factor));
        }
        files.put("a passphrase's key that is not canonical",
                stanza("-> scrypt " + salt() + " 4\n" + notCanonical(body) + "\n"));
        files.put("a passphrase's key too long", stanza(scrypt("scrypt", salt(), "4", new byte[17])));
        files.put("a passphrase's key too short", stanza(scrypt("scrypt", salt(), "4", new byte[15])));
    }

    private static void payloads(Map<String, byte[]> files) {
        byte[] full = chunk(0, false, zeros(CHUNK));
        files.put("no chunk", authentic(HEADER, new byte[0]));
        files.put("a chunk without a tag", authentic(HEADER, new byte[10]));
        files.put("no last chunk", authentic(HEADER, chunk(0, false, PLAIN)));
        files.put("no last chunk after a full one", authentic(HEADER, full));
        files.put("a last chunk that is empty", authentic(HEADER, join(full, chunk(1, true, new byte[0]))));
        files.put("two last chunks", authentic(HEADER, join(chunk(0, true, zeros(CHUNK)), chunk(1, true, PLAIN))));
        files.put("two last chunks that are full",
                authentic(HEADER, join(chunk(0, true, zeros(CHUNK)), chunk(1, true, zeros(CHUNK)))));
        files.put("a short chunk before the last",
                authentic(HEADER, join(chunk(0, false, PLAIN), chunk(1, true, PLAIN))));
        files.put("a second chunk that is wrong", authentic(HEADER, join(full, chunk(2, true, PLAIN))));
        files.put("a second chunk without a tag", authentic(HEADER, join(full, new byte[5])));
        files.put("something behind", authentic(HEADER, join(PAYLOAD, new byte[12])));
        files.put("something behind a full chunk",
                authentic(HEADER, join(chunk(0, true, zeros(CHUNK)), new byte[12])));
        files.put("an empty chunk and another", authentic(HEADER, join(chunk(0, true, new byte[0]), PAYLOAD)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refuses(String name, byte[] file) {
        assertThatThrownBy(() -> Keys.open(file, BOTH)).isInstanceOf(SealException.class)
                .isNotInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> Keys.openRanges(file, BOTH)).isInstanceOf(SealException.class)
                .isNotInstanceOf(IdentityException.class);
    }

    private static byte[] beside(String stanza) {
        return authentic(VERSION + stanza + X25519 + "---", PAYLOAD);
    }

    private static byte[] stanza(String stanza) {
        return authentic(VERSION + stanza + "---", PAYLOAD);
    }

    private static byte[] work(String salt, String factor) {
        return stanza(scrypt("scrypt", salt, factor, FILE_KEY));
    }

    private static String flipBody(String stanza) {
        String[] lines = stanza.split("\n");
        byte[] body = Base64.getDecoder().decode(lines[1]);
        body[body.length - 1] ^= 1;
        return lines[0] + "\n" + base64(body) + "\n";
    }

    /** The same bytes, with bits behind them that are not 0. */
    private static String notCanonical(String base64) {
        UnaryOperator<String> raised = last -> String.valueOf((char) (last.charAt(0) + 1));
        int end = base64.length() - 1;
        String other = base64.substring(0, end) + raised.apply(base64.substring(end));
        assertThat(Base64.getDecoder().decode(other)).isEqualTo(Base64.getDecoder().decode(base64));
        return other;
    }

    private static byte[] zeros(int count) {
        return new byte[count];
    }

    private static Stream<Arguments> arguments(Map<String, byte[]> files) {
        return files.entrySet().stream().map(file -> Arguments.of(file.getKey(), file.getValue()));
    }
}
