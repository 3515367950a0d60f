package io.onedump.database.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.process.ChildEnvironment;
import io.onedump.database.mysql.MySqlSettings;

/**
 * What a client of MySQL or MariaDB needs to log in: its options file, and no more ways to prove the account than our
 * own connection took. To be made after that connection: it is what looks at the server's TLS, since MariaDB's clients
 * before 11.4 go on without it.
 */
public final class ClientLogIn implements Closeable {

    private final ClientOptionsFile options;
    private final LogInPlugins plugins;

    private ClientLogIn(ClientOptionsFile options, LogInPlugins plugins) {
        this.options = options;
        this.plugins = plugins;
    }

    /**
     * @param optionsFile  does not exist yet
     * @param pluginFolder does not exist yet
     * @param method       by which our own connection proved the account, see
     *                     {@link io.onedump.database.mysql.MySqlSession#logInMethod()}
     * @throws IOException when the client would tell the password to whoever answers
     */
    public static ClientLogIn prepare(Path optionsFile, Path pluginFolder, MySqlSettings server, ClientProgram client,
            String method) throws IOException {
        refuseToTell(server, client, method);
        Optional<LogInPlugins> plugins =
                client.mariaDb()
                        ? LogInPlugins.only(pluginFolder, method, client,
                                server.isUnproved() || server.hasKeyInUse())
                        : Optional.empty();
        try {
            Path folder = plugins.map(LogInPlugins::folder).orElse(null);
            return new ClientLogIn(ClientOptionsFile.write(optionsFile, server, client, folder), plugins.orElse(null));
        } catch (IOException | RuntimeException e) {
            if (plugins.isPresent()) {
                plugins.get().close();
            }
            throw e;
        }
    }

    /**
     * A false server lets our own connection in without knowing the account, and asks the client for more. MariaDB's
     * clients have no more than the plugin for {@code method}; MySQL's have one that tells the password built in.
     */
    private static void refuseToTell(MySqlSettings server, ClientProgram client, String method) throws IOException {
        boolean tells = method.equals("caching_sha2_password") || method.equals("sha256_password");
        boolean plain = server.socket() == null && !server.tls().wantsEncryption() && !server.publicKeyRetrieval();
        if (server.password().isEmpty()) {
            return;
        }
        if (client.mariaDb() && plain && tells) {
            throw new IOException(client.executable() + " is MariaDB's, which without TLS tells the password of a "
                    + method + " account to whoever answers; let it use TLS, name MySQL's own program"
                    + (server.hasKeyInUse() ? ", which takes server-public-key-path," : "") + " or say"
                    + " allowPublicKeyRetrieval=true in the DSN for a network that you trust");
        }
        boolean keyless = server.hasKeyInUse() && !client.mariaDb() && !ClientOptionsFile.takesServerKey(client)
                && !server.publicKeyRetrieval();
        if (keyless) {
            throw new IOException(client.executable() + " " + client.version() + " takes no server-public-key-path,"
                    + " and would ask whoever answers for a key; name MySQL's program of version 8.0.4 or newer with"
                    + " the option executable");
        }
        if (server.isUnproved() && (tells || !client.mariaDb())) {
            throw new IOException("nothing proves that " + server.address() + " is the right server, and "
                    + client.executable() + " would tell it the password "
                    + (tells ? "of a " + method + " account" : "if it asked by sha256_password")
                    + "; say ssl-mode=VERIFY_CA and ssl-ca in the DSN, "
                    + (server.serverKey() != null
                            ? "or ssl-mode=DISABLED, since server-public-key-path protects it only without TLS, "
                            : "")
                    + (tells
                            ? "use an account with mysql_native_password"
                            : "name MariaDB's program with the option executable")
                    + ", or say allowPublicKeyRetrieval=true for a network that you trust");
        }
    }

    /** The client's first argument. */
    public String argument() {
        return options.argument();
    }

    /** Neither an account of our environment nor a login file gets ahead of the options file. */
    public static Map<String, String> environment() {
        return ChildEnvironment.of(List.of(), Map.of("MYSQL_TEST_LOGIN_FILE", "/dev/null"));
    }

    @Override
    public void close() throws IOException {
        options.close();
        if (plugins != null) {
            plugins.close();
        }
    }
}
