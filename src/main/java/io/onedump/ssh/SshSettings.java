package io.onedump.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.KnownSecrets;
import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.artifact.Threads;

/**
 * Where and as whom to log in. {@code null} stands for the default of whatever has one.
 *
 * @param host           name or address
 * @param port           1 to 65535; 0 for 22
 * @param user           the account on that host
 * @param password       null to log in by key only
 * @param privateKey     a file, the key itself as PEM text, or that text in base64; null to log in by password only
 * @param passphrase     of the private key; null when it has none
 * @param knownHosts     a file in OpenSSH's {@code known_hosts} format, or the lines themselves; default
 *                       {@code ~/.ssh/known_hosts}. A host whose key is not in there is refused
 * @param connectTimeout for the connection and the log-in together; default 10 seconds
 * @param threads        which carry the connection
 */
public record SshSettings(String host, int port, String user, String password, String privateKey, String passphrase,
        String knownHosts, Duration connectTimeout, Threads threads) {

    public static final int DEFAULT_PORT = 22;
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    public SshSettings {
        require(host, "host");
        require(user, "user");
        port = port(port);
        if (isBlank(password) && isBlank(privateKey)) {
            throw new IllegalArgumentException("ssh " + user + "@" + host + ": give a password or a private key");
        }
        knownHosts = isBlank(knownHosts)
                ? ofUser()
                : knownHosts;
        KnownSecrets.add(password, user, host);
        KnownSecrets.add(passphrase, user, host);
        connectTimeout = connectTimeout == null ? DEFAULT_CONNECT_TIMEOUT : connectTimeout;
    }

    /**
     * The number of a port, with the default for 0.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static int port(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the ssh port must be between 1 and 65535: " + port);
        }
        return port == 0 ? DEFAULT_PORT : port;
    }

    /** With threads that nobody counts. */
    public SshSettings(String host, int port, String user, String password, String privateKey, String passphrase,
            String knownHosts, Duration connectTimeout) {
        this(host, port, user, password, privateKey, passphrase, knownHosts, connectTimeout, Threads.daemons());
    }

    /**
     * What this machine does not have of it, with the setting that names it: {@code privateKey}, {@code knownHosts}.
     * Nothing is connected to.
     */
    public List<Lack> lacks() {
        List<Lack> lacks = new ArrayList<>();
        PrivateKey.problem(this).ifPresent(problem -> lacks.add(new Lack("privateKey", problem, true)));
        KnownHosts.problem(knownHosts)
                .ifPresent(problem -> lacks.add(new Lack("knownHosts", problem, !knownHosts.equals(ofUser()))));
        return lacks;
    }

    /** For messages: {@code ssh user@host:port}. */
    public String target() {
        return "ssh " + user + "@" + host + ":" + port;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SshSettings[" + target() + "]";
    }

    private static String ofUser() {
        return Path.of(System.getProperty("user.home"), ".ssh", "known_hosts").toString();
    }

    private static void require(String value, String what) {
        if (isBlank(value)) {
            throw new IllegalArgumentException("ssh " + what + " is missing");
        }
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }
}
