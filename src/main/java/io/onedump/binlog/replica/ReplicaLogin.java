package io.onedump.binlog.replica;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import io.onedump.database.mysql.Flavour;

/**
 * The server's side of logging in. MariaDB's replicas use {@code mysql_native_password}, MySQL's the fast way of
 * {@code caching_sha2_password}: both prove that they know the password without sending it.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection
 * phase</a>
 */
final class ReplicaLogin {

    private static final int CAPABILITIES = 0x1 | 0x4 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000;
    private static final int CONNECT_WITH_DATABASE = 0x8;
    private static final int SALT = 20;
    private static final int ACCESS_DENIED = 1045;

    private final String plugin;
    private final String digest;
    private final String user;
    private final String password;
    private final byte[] salt = new byte[SALT];

    ReplicaLogin(Flavour target, String user, String password) {
        this.plugin = target == Flavour.MARIADB ? "mysql_native_password" : "caching_sha2_password";
        this.digest = target == Flavour.MARIADB ? "SHA-1" : "SHA-256";
        this.user = user;
        this.password = password;
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < SALT; i++) {
            // Neither zero nor beyond ASCII: clients take it for text.
            salt[i] = (byte) (1 + random.nextInt(126));
        }
    }

    /** @return false when the client does not know user and password; it has been told so */
    boolean admit(CommandReader in, PacketWriter out, String version) throws IOException {
        out.packet(greeting(version));
        out.flush();
        byte[] response = in.next();
        out.answer(in.sequence());
        Response client = Response.parse(response);
        byte[] proof = client.proof();
        if (!client.plugin().equals(plugin)) {
            out.packet(switchRequest());
            out.flush();
            proof = in.next();
            out.answer(in.sequence());
        }
        if (!client.user().equals(user) || !MessageDigest.isEqual(proof, expected())) {
            out.error(ACCESS_DENIED, "Access denied");
            return false;
        }
        if (plugin.startsWith("caching")) {
            out.packet(new byte[] {1, 3});
        }
        out.ok();
        return true;
    }

    private byte[] greeting(String version) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(10);
        text(packet, version);
        packet.writeBytes(new byte[] {1, 0, 0, 0});
        packet.write(salt, 0, 8);
        packet.write(0);
        packet.write(CAPABILITIES);
        packet.write(CAPABILITIES >> 8);
        packet.writeBytes(new byte[] {33, 2, 0});
        packet.write(CAPABILITIES >> 16);
        packet.write(CAPABILITIES >> 24);
        packet.write(SALT + 1);
        packet.writeBytes(new byte[10]);
        packet.write(salt, 8, SALT - 8);
        packet.write(0);
        text(packet, plugin);
        return packet.toByteArray();
    }

    private byte[] switchRequest() {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0xfe);
        text(packet, plugin);
        packet.writeBytes(salt);
        packet.write(0);
        return packet.toByteArray();
    }

    private static void text(ByteArrayOutputStream packet, String text) {
        packet.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        packet.write(0);
    }

    private byte[] expected() throws IOException {
        try {
            MessageDigest hash = MessageDigest.getInstance(digest);
            byte[] once = hash.digest(password.getBytes(StandardCharsets.US_ASCII));
            byte[] twice = hash.digest(once);
            if (digest.equals("SHA-1")) {
                hash.update(salt);
                hash.update(twice);
            } else {
                hash.update(twice);
                hash.update(salt);
            }
            byte[] mask = hash.digest();
            for (int i = 0; i < once.length; i++) {
                once[i] ^= mask[i];
            }
            return once;
        } catch (GeneralSecurityException e) {
            throw new IOException(digest + " is missing in this Java", e);
        }
    }

    private record Response(String user, byte[] proof, String plugin) {

        static Response parse(byte[] packet) throws IOException {
            try {
                int capabilities = (packet[0] & 0xff) | (packet[1] & 0xff) << 8;
                int userEnd = end(packet, 32);
                int proofAt = userEnd + 2;
                int proofEnd = proofAt + (packet[userEnd + 1] & 0xff);
                int pluginAt = (capabilities & CONNECT_WITH_DATABASE) == 0 ? proofEnd : end(packet, proofEnd) + 1;
                String plugin = pluginAt >= packet.length ? "" : text(packet, pluginAt, end(packet, pluginAt));
                return new Response(text(packet, 32, userEnd), Arrays.copyOfRange(packet, proofAt, proofEnd), plugin);
            } catch (IndexOutOfBoundsException e) {
                throw new EOFException("the replica's log-in packet is too short");
            }
        }

        private static int end(byte[] packet, int from) {
            int end = from;
            while (end < packet.length && packet[end] != 0) {
                end++;
            }
            return end;
        }

        private static String text(byte[] packet, int from, int to) {
            return new String(packet, from, to - from, StandardCharsets.UTF_8);
        }
    }
}
