package io.onedump.database.mysql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import com.github.shyiko.mysql.binlog.network.ClientCapabilities;
import com.github.shyiko.mysql.binlog.network.protocol.command.SSLRequestCommand;

/**
 * The connection phase: greeting, TLS, and the proof of the account. A server that nothing proves to be the right one
 * gets no answer that it could read the password from.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">connection
 *      phase</a>
 */
final class LogIn {

    static final String NATIVE = "mysql_native_password";
    static final String CACHING_SHA2 = "caching_sha2_password";
    static final String SHA256 = "sha256_password";

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int CAPABILITIES = ClientCapabilities.LONG_PASSWORD | ClientCapabilities.LONG_FLAG
            | ClientCapabilities.PROTOCOL_41 | ClientCapabilities.TRANSACTIONS
            | ClientCapabilities.SECURE_CONNECTION | ClientCapabilities.PLUGIN_AUTH;
    /** utf8mb4_general_ci, which both families know. */
    private static final int UTF8MB4 = 45;
    private static final int SCRAMBLE = 20;

    private static final int OK = 0;
    private static final int MORE = 1;
    private static final int SWITCH = 0xfe;
    private static final int FAST_PROOF_TAKEN = 3;
    private static final int PASSWORD_WANTED = 4;

    private final MySqlSettings settings;
    private final Transport transport;
    private final String who;
    private final byte[] password;
    private final byte[] serverKey;
    private PacketReader reader;
    private int sequence;
    private String method;
    private String version;
    private boolean keyUsed;

    /** @throws IOException when the file with the server's public key cannot be used */
    LogIn(MySqlSettings settings, Transport transport, String who) throws IOException {
        this.settings = settings;
        this.transport = transport;
        this.who = who;
        this.password = settings.password().getBytes(StandardCharsets.UTF_8);
        this.serverKey = settings.serverKey() == null ? null : ServerKey.read(settings.serverKey());
    }

    /** @return how the server greeted us */
    Greeting run() throws IOException {
        reader = new PacketReader(transport.input());
        Greeting greeting = Greeting.parse(read());
        version = greeting.version();
        encrypt(greeting);
        method = CACHING_SHA2.equals(greeting.method()) ? CACHING_SHA2 : NATIVE;
        String scramble = greeting.scramble();
        ByteArrayOutputStream answer = head(transport.encrypted());
        answer.writeBytes(settings.user().getBytes(StandardCharsets.UTF_8));
        answer.write(0);
        byte[] proof = proof(scramble);
        answer.write(proof.length);
        answer.writeBytes(proof);
        answer.writeBytes(method.getBytes(StandardCharsets.US_ASCII));
        answer.write(0);
        write(answer.toByteArray());
        finish(scramble);
        return greeting;
    }

    /** By which method the account was proved. */
    String method() {
        return method;
    }

    private void encrypt(Greeting greeting) throws IOException {
        if (transport.local()) {
            return;
        }
        if (settings.tls().wantsEncryption() && greeting.offersTls()) {
            SSLRequestCommand wish = new SSLRequestCommand();
            wish.setClientCapabilities(CAPABILITIES | ClientCapabilities.SSL);
            wish.setCollation(UTF8MB4);
            write(wish.toByteArray());
            transport.encrypt(settings);
            // A new reader, so that nothing that was sent in plain text counts as if it had been encrypted.
            reader = new PacketReader(transport.input());
        } else if (settings.tls().demandsEncryption()) {
            throw new TlsRefusedException("the server offers no TLS, which TLS mode "
                    + settings.tls().name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + " demands; set it up there, or choose the mode 'disabled' for a network that you trust");
        }
    }

    private static ByteArrayOutputStream head(boolean tls) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        integer(head, CAPABILITIES | (tls ? ClientCapabilities.SSL : 0), 4);
        integer(head, PacketReader.MAX_PACKET, 4);
        head.write(UTF8MB4);
        head.writeBytes(new byte[23]);
        return head;
    }

    private void finish(String first) throws IOException {
        String scramble = first;
        while (true) {
            byte[] answer = read();
            switch (answer[0] & 0xff) {
                case OK -> {
                    return;
                }
                case SWITCH -> {
                    scramble = switchMethod(answer);
                    write(proof(scramble));
                }
                case MORE -> more(answer, scramble);
                default -> throw new IOException("the server answers the log-in with an unknown packet "
                        + (answer[0] & 0xff));
            }
        }
    }

    private String switchMethod(byte[] answer) throws IOException {
        if (answer.length == 1) {
            throw unavailable("mysql_old_password");
        }
        int end = 1;
        while (end < answer.length && answer[end] != 0) {
            end++;
        }
        method = new String(answer, 1, end - 1, StandardCharsets.US_ASCII);
        int from = Math.min(end + 1, answer.length);
        return PasswordProof.text(
                Arrays.copyOfRange(answer, from, Math.max(from, Math.min(answer.length, from + SCRAMBLE))));
    }

    private byte[] proof(String scramble) throws IOException {
        return switch (method) {
            case NATIVE -> PasswordProof.nativePassword(password, full(scramble));
            case CACHING_SHA2 -> PasswordProof.cachingSha2(password, full(scramble));
            case SHA256 -> sha256(scramble);
            default -> throw unavailable(method);
        };
    }

    private static String full(String scramble) throws IOException {
        if (scramble.length() != SCRAMBLE) {
            throw new IOException("the server's scramble has " + scramble.length() + " characters");
        }
        return scramble;
    }

    private byte[] sha256(String scramble) throws IOException {
        if (password.length == 0) {
            return new byte[1];
        }
        if (isForKey()) {
            return encrypted(scramble);
        }
        mayTell();
        return hidden() ? Arrays.copyOf(password, password.length + 1) : new byte[] {1};
    }

    /** What follows a proof: the result of a fast one, the wish for the password itself, or a public key. */
    private void more(byte[] answer, String scramble) throws IOException {
        boolean status = method.equals(CACHING_SHA2) && answer.length == 2;
        if (status && answer[1] == FAST_PROOF_TAKEN) {
            return;
        }
        if (status && answer[1] == PASSWORD_WANTED && isForKey()) {
            write(encrypted(scramble));
            return;
        }
        if (status && answer[1] == PASSWORD_WANTED) {
            mayTell();
            write(hidden() ? Arrays.copyOf(password, password.length + 1) : new byte[] {2});
            return;
        }
        if (answer.length > 2 && (method.equals(CACHING_SHA2) || method.equals(SHA256)) && !hidden()) {
            mayTell();
            write(PasswordProof.encrypted(password, full(scramble), Arrays.copyOfRange(answer, 1, answer.length)));
            return;
        }
        throw new IOException("the server answers the log-in by " + method + " with something unknown");
    }

    /** Whether the password goes encrypted for whoever has the key that belongs to the server's public one. */
    private boolean isForKey() {
        return serverKey != null && !hidden();
    }

    private byte[] encrypted(String scramble) throws IOException {
        keyUsed = true;
        return PasswordProof.encrypted(password, full(scramble), serverKey);
    }

    /** Whether nobody between here and the other end can listen. */
    private boolean hidden() {
        return transport.local() || transport.encrypted();
    }

    /** Refuses to tell the password to an end that anybody could be. */
    private void mayTell() throws IOException {
        if (settings.mayTell(transport.encrypted(), transport.loopback())) {
            return;
        }
        throw new LogInMethodException(who, method, version, "the server asks for the password by " + method
                + (transport.encrypted()
                        ? ", and the TLS mode looks at no certificate"
                        : " without TLS")
                + ", so anybody who answers in its place could read it: say ssl-mode=VERIFY_CA and ssl-ca in the DSN,"
                + (serverKey != null && transport.encrypted()
                        ? " or ssl-mode=DISABLED, since server-public-key-path protects it only without TLS,"
                        : "")
                + " use an account with mysql_native_password, or say"
                + " allowPublicKeyRetrieval=true for a network that you trust");
    }

    private LogInMethodException unavailable(String wanted) {
        return new LogInMethodException(who, wanted, version,
                "the server asks for the log-in method '" + wanted + "'; the"
                        + " account does not exist, or it needs mysql_native_password or caching_sha2_password");
    }

    private byte[] read() throws IOException {
        byte[] payload = reader.payload(LONGEST_ANSWER);
        sequence++;
        try {
            MySqlSession.throwIfError(payload, who);
        } catch (MySqlException e) {
            throw keyUsed ? ServerKey.doubted(e, who, settings.serverKey()) : e;
        }
        return payload;
    }

    private void write(byte[] payload) throws IOException {
        transport.output().write(PacketReader.packet(sequence++, payload));
        transport.output().flush();
    }

    private static void integer(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }
}
