package io.onedump.database.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;

/**
 * The options file of a MySQL or MariaDB client (MySQL manual, 4.2.2.2: values in double quotes, backslash escapes),
 * readable by this user only: passwords do not belong on a command line. It replaces all other options files, so that
 * what was asked for is what happens.
 */
public final class ClientOptionsFile implements Closeable {

    /**
     * By themselves the clients end at rows of 16 MB and the dump tools at 24 MB, with "Lost connection". Not in the
     * group of all clients, because mysqlbinlog reads that too and does not know the word.
     */
    private static final String LARGE_ROWS = "[mysql]\nmax-allowed-packet=1G\n[mysqldump]\nmax-allowed-packet=1G\n";

    private final Path file;

    private ClientOptionsFile(Path file) {
        this.file = file;
    }

    /**
     * @param file    that does not exist yet
     * @param plugins the folder of the log-in plugins that the client may use, or null for its own
     */
    public static ClientOptionsFile write(Path file, MySqlSettings server, ClientProgram client, Path plugins)
            throws IOException {
        byte[] text = (text(server, client, plugins) + LARGE_ROWS).getBytes(StandardCharsets.UTF_8);
        try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                var out = Channels.newOutputStream(channel)) {
            out.write(text);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the options file " + file + " exists already: somebody else uses this folder", e);
        }
        return new ClientOptionsFile(file);
    }

    static String text(MySqlSettings server, ClientProgram client, Path plugins) {
        Map<String, String> options = new LinkedHashMap<>();
        if (server.socket() != null) {
            options.put("protocol", "socket");
            options.put("socket", server.socket().toString());
        } else {
            options.put("protocol", "tcp");
            options.put("host", server.host());
            options.put("port", String.valueOf(server.port()));
        }
        options.put("user", server.user());
        options.put("password", server.password());
        if (plugins != null) {
            options.put("plugin-dir", plugins.toString());
        }
        if (server.socket() == null) {
            if (client.mariaDb()) {
                mariaDbTls(server, client, options);
            } else {
                mySqlTls(server, client, options);
            }
        }
        StringBuilder content = new StringBuilder("[client]\n");
        options.forEach((name, value) -> content.append(name).append("=\"").append(escape(name, value)).append("\"\n"));
        return content.toString();
    }

    private static void mySqlTls(MySqlSettings server, ClientProgram client, Map<String, String> options) {
        options.put("ssl-mode", server.tls() == TlsMode.VERIFY_FULL ? "VERIFY_IDENTITY" : server.tls().name());
        if (server.authority() != null) {
            options.put("ssl-ca", server.authority().toString());
        }
        if (server.serverKey() != null && takesServerKey(client)) {
            options.put("server-public-key-path", server.serverKey().toString());
        }
        if (server.publicKeyRetrieval() && client.version().isAtLeast(8, 0, 3)) {
            options.put("get-server-public-key", "1");
        }
    }

    /** All of MySQL's programs, mysqlbinlog too, have that option since then; MariaDB's have none like it. */
    static boolean takesServerKey(ClientProgram client) {
        return !client.mariaDb() && client.version().isAtLeast(8, 0, 4);
    }

    /**
     * With {@code ssl} alone MariaDB's clients go on in plain text where the server has no TLS; only with {@code
     * ssl-verify-server-cert} they do not (tried with 10.11), so that for the mode REQUIRED somebody else has to look
     * whether the server has it. Up to 11.3 an authority is asked whenever it is named, and {@code
     * ssl-verify-server-cert} adds the host's name to that; from 11.4 on it switches both, and is on by itself.
     */
    private static void mariaDbTls(MySqlSettings server, ClientProgram client, Map<String, String> options) {
        TlsMode mode = server.tls();
        options.put("ssl", mode.wantsEncryption() ? "1" : "0");
        boolean authorityAlone = !client.version().isAtLeast(11, 4, 0) && server.authority() != null;
        boolean verify = mode.verifiesHost() || mode.verifiesAuthority() && !authorityAlone;
        options.put("ssl-verify-server-cert", verify ? "1" : "0");
        if (server.authority() != null) {
            options.put("ssl-ca", server.authority().toString());
        }
    }

    private static String escape(String name, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(name + " must not hold a line break: a client's options file cannot"
                    + " carry it");
        }
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** The client's first argument. */
    public String argument() {
        return "--defaults-file=" + file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
