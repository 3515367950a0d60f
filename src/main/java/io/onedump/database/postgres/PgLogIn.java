package io.onedump.database.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Says who we are, and proves it in the way that the server asks for.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">message flow</a>
 */
final class PgLogIn {

    private static final int PROTOCOL_3 = 196608;
    private static final int LONGEST = 64 << 10;

    private final PgSettings settings;
    private final PgMessages messages;
    private final boolean encrypted;
    private Scram scram;
    private boolean proved;

    PgLogIn(PgSettings settings, PgMessages messages, boolean encrypted) {
        this.settings = settings;
        this.messages = messages;
        this.encrypted = encrypted;
    }

    /** Returns when the server has let us in; what it says of itself then is left to be read. */
    void run(String context) throws IOException {
        startUp();
        while (true) {
            int type = messages.next(LONGEST);
            if (type == 'E') {
                throw new PgException(context, messages.fields());
            }
            if (type == 'N' || type == 'v') {
                continue;
            }
            if (type != 'R') {
                throw new IOException("what answers is no PostgreSQL server");
            }
            int asked = messages.integer();
            if (asked == 0) {
                if (scram != null && !proved) {
                    throw new IOException("the server let us in without proving that it knows the password");
                }
                return;
            }
            answer(asked);
        }
    }

    private void startUp() throws IOException {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        word(words, "user", settings.user());
        word(words, "database", settings.database());
        word(words, "client_encoding", "UTF8");
        word(words, "application_name", settings.name());
        if (settings.options() != null) {
            word(words, "options", settings.options());
        }
        words.write(0);
        try {
            messages.begin(PROTOCOL_3, words.toByteArray());
        } catch (SocketException e) {
            // A server that does not take our certificate says why, and hangs up meanwhile: what it said comes next.
        }
    }

    private static void word(ByteArrayOutputStream words, String name, String value) {
        words.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        words.write(0);
        words.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        words.write(0);
    }

    private void answer(int asked) throws IOException {
        switch (asked) {
            case 3 -> plain();
            case 5 -> messages.send('p', zeroEnded(md5(messages.rest())));
            case 10 -> {
                List<String> methods = List.of(new String(messages.rest(), StandardCharsets.UTF_8).split("\0"));
                if (!methods.contains(Scram.METHOD)) {
                    throw new IOException("the server asks for a log-in by one of " + methods + ", and we have "
                            + Scram.METHOD);
                }
                scram = new Scram(password());
                byte[] first = scram.first();
                ByteArrayOutputStream begin = new ByteArrayOutputStream();
                begin.writeBytes(zeroEnded(Scram.METHOD));
                begin.writeBytes(new byte[] {0, 0, 0, (byte) first.length});
                begin.writeBytes(first);
                messages.send('p', begin.toByteArray());
            }
            case 11 -> messages.send('p', began().proof(new String(messages.rest(), StandardCharsets.UTF_8)));
            case 12 -> proved = began().isProved(new String(messages.rest(), StandardCharsets.UTF_8));
            default -> throw new IOException("the server asks for a log-in by "
                    + (asked == 7 || asked == 8 ? "Kerberos" : "a method (" + asked + ")")
                    + " that our own connections do not have: use scram-sha-256, a certificate or peer for this"
                    + " account (pg_hba.conf), or a dump by pgdump");
        }
    }

    private Scram began() throws IOException {
        if (scram == null) {
            throw new IOException("the server goes on with a log-in that was not begun");
        }
        return scram;
    }

    private void plain() throws IOException {
        boolean safe = settings.socket() != null
                || encrypted && (settings.tls().proves() || settings.isNear());
        if (!safe) {
            throw new IOException("the server asks for the password in plain text, so anybody who answers in its place"
                    + " could read it; say sslmode=verify-full and sslrootcert in the DSN, or have the server ask by"
                    + " scram-sha-256 (pg_hba.conf)");
        }
        messages.send('p', zeroEnded(password()));
    }

    private String password() throws IOException {
        if (settings.password() == null) {
            throw new IOException("the server asks '" + settings.user() + "' for a password, and none is given");
        }
        return settings.password();
    }

    private String md5(byte[] salt) throws IOException {
        byte[] inner = hex(digest((password() + settings.user()).getBytes(StandardCharsets.UTF_8), new byte[0]));
        return "md5" + new String(hex(digest(inner, salt)), StandardCharsets.US_ASCII);
    }

    private static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] digest(byte[] one, byte[] other) throws IOException {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(one);
            return md5.digest(other);
        } catch (GeneralSecurityException e) {
            throw new IOException("the server asks for MD5, which this Java does not have", e);
        }
    }

    private static byte[] zeroEnded(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
