package io.onedump.servers;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers in a MySQL server's place without TLS, and asks for the password in a way that it could read. It knows
 * nothing but what the client sends after that.
 */
public final class RogueMySql implements Closeable {

    /** How it asks. */
    public enum Wish {
        /** {@code mysql_clear_password} of everybody. */
        CLEARTEXT,
        /** A full {@code caching_sha2_password}, with a key of its own. */
        CACHING_SHA2,
        /** {@code sha256_password}, with a key of its own. */
        SHA256,
        /** {@code dialog}, as PAM does. */
        DIALOG,
        /** Lets the first client in as a server would, and asks the next one for the clear password. */
        CLEARTEXT_OF_THE_SECOND
    }

    private final Wish wish;
    private final String method;
    private final ServerSocket server;
    private final List<byte[]> told = new CopyOnWriteArrayList<>();
    private int clients;

    private RogueMySql(Wish wish, String method) throws IOException {
        this.wish = wish;
        this.method = method;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "rogue MySQL");
        thread.setDaemon(true);
        thread.start();
    }

    public static RogueMySql start(Wish wish) throws IOException {
        return new RogueMySql(wish, null);
    }

    /** One that only wants a log-in by a method of MariaDB's clients, such as {@code client_ed25519}. */
    public static RogueMySql wanting(String method) throws IOException {
        return new RogueMySql(Wish.CLEARTEXT_OF_THE_SECOND, method);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Everything that clients answered to the question for the password. */
    public List<byte[]> told() {
        return told;
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(10_000);
                serve(socket, ++clients);
            } catch (IOException | NoSuchAlgorithmException e) {
                // The client hung up, or this server is closed.
            }
        }
    }

    private void serve(Socket socket, int client) throws IOException, NoSuchAlgorithmException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        out.write(packet(0, greeting()));
        int next = read(in, false) + 1;
        Wish now = wish == Wish.CLEARTEXT_OF_THE_SECOND && client > 1 && method == null ? Wish.CLEARTEXT : wish;
        switch (now) {
            case CLEARTEXT -> next = ask(in, out, next, "mysql_clear_password\0");
            case DIALOG -> next = ask(in, out, next, "dialog\0\4Password: ");
            case SHA256 -> {
                next = ask(in, out, next, "sha256_password\0abcdefghijklmnopqrst\0");
                next = key(in, out, next);
            }
            case CACHING_SHA2 -> {
                out.write(packet(next, switchTo("caching_sha2_password\0abcdefghijklmnopqrst\0")));
                next = read(in, false) + 1;
                out.write(packet(next, new byte[] {1, 4}));
                next = read(in, true) + 1;
                next = key(in, out, next);
            }
            default -> {
                if (method != null) {
                    next = ask(in, out, next, method + "\0" + "0123456789abcdef".repeat(2));
                }
            }
        }
        out.write(packet(next, new byte[] {0, 0, 0, 2, 0, 0, 0}));
        for (int queries = 0; queries < 20; queries++) {
            read(in, false);
            out.write(packet(1, new byte[] {0, 0, 0, 2, 0, 0, 0}));
        }
    }

    private int ask(DataInputStream in, OutputStream out, int sequence, String plugin) throws IOException {
        out.write(packet(sequence, switchTo(plugin)));
        return read(in, true) + 1;
    }

    private int key(DataInputStream in, OutputStream out, int sequence) throws IOException, NoSuchAlgorithmException {
        out.write(packet(sequence, ("\1" + publicKey()).getBytes(StandardCharsets.US_ASCII)));
        return read(in, true) + 1;
    }

    /** A new one as PEM, whose other half nobody keeps. */
    public static String publicKey() throws NoSuchAlgorithmException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static byte[] switchTo(String plugin) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0xfe);
        packet.writeBytes(plugin.getBytes(StandardCharsets.ISO_8859_1));
        return packet.toByteArray();
    }

    static byte[] greeting() {
        return greeting("8.0.31");
    }

    static byte[] greeting(String version) {
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        greeting.writeBytes(("\n" + version + "\0\7\0\0\0abcdefgh\0").getBytes(StandardCharsets.ISO_8859_1));
        // Capabilities without TLS: protocol 4.1, secure connection, plug-ins; utf8; status.
        greeting.writeBytes(new byte[] {(byte) 0x8d, (byte) 0xa2, 33, 2, 0, 0x0b, 0, 21});
        greeting.writeBytes(new byte[10]);
        greeting.writeBytes("ijklmnopqrst\0mysql_native_password\0".getBytes(StandardCharsets.ISO_8859_1));
        return greeting.toByteArray();
    }

    /** @return the packet's sequence number */
    private int read(DataInputStream in, boolean secret) throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        int sequence = in.readUnsignedByte();
        byte[] payload = in.readNBytes(length);
        if (secret && payload.length > 0) {
            told.add(payload);
        }
        if (payload.length == 0) {
            throw new IOException("the client has nothing to say");
        }
        return sequence;
    }

    static byte[] packet(int sequence, byte[] payload) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(payload.length);
        packet.write(payload.length >> 8);
        packet.write(payload.length >> 16);
        packet.write(sequence);
        packet.writeBytes(payload);
        return packet.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
