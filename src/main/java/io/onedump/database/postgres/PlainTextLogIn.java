package io.onedump.database.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.onedump.database.AnswerWatch;

/**
 * Looks whether a PostgreSQL server asks for the password itself on a connection that proves nothing of the server.
 * libpq tells it to whoever asks.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">message flow</a>
 */
public final class PlainTextLogIn {

    private static final int SSL_REQUEST = 80877103;
    private static final int PROTOCOL_3 = 196608;
    private static final int CLEARTEXT_PASSWORD = 3;

    private PlainTextLogIn() {
    }

    /**
     * @param tls      whether the client would encrypt where the server can
     * @param inside   whether what is asked inside of TLS counts too, whose certificate nobody looks at
     * @param database null for the server's own choice
     * @param timeout  for the connection, and for all answers together
     * @return false also when the server refuses the account at once
     * @throws IOException when nobody answers as PostgreSQL does
     */
    public static boolean asksForThePassword(InetSocketAddress server, boolean tls, boolean inside, String user,
            String database, Duration timeout) throws IOException {
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(timeout.toMillis());
            socket.connect(server, millis);
            return asks(socket, tls, inside, user, database, timeout);
        }
    }

    private static boolean asks(Socket socket, boolean tls, boolean inside, String user, String database,
            Duration timeout) throws IOException {
        AnswerWatch watch = new AnswerWatch(socket);
        watch.begin(timeout);
        try (watch) {
            if (!tls || !encrypts(socket)) {
                return isAsked(socket, user, database);
            }
            if (!inside) {
                return false;
            }
            try (Socket encrypted = AnyCertificate.over(socket)) {
                return isAsked(encrypted, user, database);
            }
        } catch (IOException e) {
            throw watch.explain(e);
        }
    }

    private static boolean encrypts(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(8);
        out.writeInt(SSL_REQUEST);
        out.flush();
        return new DataInputStream(socket.getInputStream()).readUnsignedByte() == 'S';
    }

    private static boolean isAsked(Socket socket, String user, String database) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        startUp(new DataOutputStream(socket.getOutputStream()), user, database);
        boolean request = in.readUnsignedByte() == 'R';
        in.readInt();
        return request && in.readInt() == CLEARTEXT_PASSWORD;
    }

    private static void startUp(DataOutputStream out, String user, String database) throws IOException {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        word(words, "user", user);
        if (database != null) {
            word(words, "database", database);
        }
        words.write(0);
        out.writeInt(8 + words.size());
        out.writeInt(PROTOCOL_3);
        words.writeTo(out);
        out.flush();
    }

    private static void word(ByteArrayOutputStream words, String name, String value) {
        words.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        words.write(0);
        words.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        words.write(0);
    }
}
