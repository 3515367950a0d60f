package io.onedump.database.mysql;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.onedump.database.Authorities;

/**
 * Where a server is, who asks, and how long to wait.
 *
 * @param socket             a Unix socket on this machine in place of host and port, or null
 * @param password           empty for none
 * @param connectTimeout     for the connection and for each answer during log-in, which may take three times as long in
 *                           all
 * @param readTimeout        for each answer after that, from the question to its last row; zero waits for ever
 * @param authority          PEM file with the certificates to trust, or null for those of the Java platform
 * @param publicKeyRetrieval whether the password may be given, encrypted with a key that the server sends, to a server
 *                           that nothing proves to be the right one
 * @param serverKey          PEM file with the public key of the server, for which the password is encrypted where there
 *                           is no TLS; or null
 */
public record MySqlSettings(
        String host, int port, Path socket, String user, String password, Duration connectTimeout,
        Duration readTimeout, TlsMode tls, Path authority, boolean publicKeyRetrieval,
        Path serverKey) {

    public static final int DEFAULT_PORT = 3306;
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(60);

    public MySqlSettings {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("the host is missing");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port must be between 1 and 65535: " + port);
        }
        if (user == null || user.isEmpty()) {
            throw new IllegalArgumentException("the user is missing");
        }
        password = password == null ? "" : password;
        if (user.indexOf(0) >= 0 || password.indexOf(0) >= 0) {
            throw new IllegalArgumentException("user and password must not hold a NUL");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("the connect time-out must be positive: " + connectTimeout);
        }
        if (readTimeout.isNegative()) {
            throw new IllegalArgumentException("the read time-out must not be negative: " + readTimeout);
        }
        if (authority != null && !tls.verifiesAuthority()) {
            throw new IllegalArgumentException("TLS mode " + word(tls) + " looks at no certificate, yet "
                    + authority + " names an authority: choose verify-ca or verify-full, or leave the file out");
        }
        if (socket != null && tls.demandsEncryption()) {
            throw new IllegalArgumentException("TLS mode " + word(tls) + " cannot be had through the Unix socket "
                    + socket + ", which never leaves this machine: leave it out");
        }
    }

    /** Without a server's key. */
    public MySqlSettings(String host, int port, Path socket, String user, String password, Duration connectTimeout,
            Duration readTimeout, TlsMode tls, Path authority, boolean publicKeyRetrieval) {
        this(host, port, socket, user, password, connectTimeout, readTimeout, tls, authority, publicKeyRetrieval, null);
    }

    /** Default time-outs, encrypted when the server offers it. */
    public static MySqlSettings of(String host, int port, String user, String password) {
        return new MySqlSettings(host, port, null, user, password, DEFAULT_CONNECT_TIMEOUT, DEFAULT_READ_TIMEOUT,
                TlsMode.PREFERRED, null, false, null);
    }

    /** Default time-outs; what goes through a Unix socket needs no encryption. */
    public static MySqlSettings ofSocket(Path socket, String user, String password) {
        return new MySqlSettings("localhost", DEFAULT_PORT, socket, user, password, DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_READ_TIMEOUT, TlsMode.DISABLED, null, false, null);
    }

    public MySqlSettings withTls(TlsMode mode, Path pem) {
        return new MySqlSettings(host, port, socket, user, password, connectTimeout, readTimeout, mode, pem,
                publicKeyRetrieval, serverKey);
    }

    /** What is wrong with the file of the authority, which is looked into here; empty when there is none. */
    public Optional<String> authorityProblem() {
        try {
            if (authority != null) {
                Authorities.of(authority, "ssl-ca");
            }
            return Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The same of the file with the server's public key. */
    public Optional<String> serverKeyProblem() {
        try {
            if (serverKey != null) {
                ServerKey.read(serverKey);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    public MySqlSettings withReadTimeout(Duration timeout) {
        return new MySqlSettings(host, port, socket, user, password, connectTimeout, timeout, tls, authority,
                publicKeyRetrieval, serverKey);
    }

    public MySqlSettings withPublicKeyRetrieval(boolean allowed) {
        return new MySqlSettings(host, port, socket, user, password, connectTimeout, readTimeout, tls, authority,
                allowed, serverKey);
    }

    public MySqlSettings withServerKey(Path pem) {
        return new MySqlSettings(host, port, socket, user, password, connectTimeout, readTimeout, tls, authority,
                publicKeyRetrieval, pem);
    }

    /**
     * Whether anybody on the way could answer in the server's place, and learn the password of a client that tells it:
     * nothing proves the server, it is not on this machine, and the DSN does not say that it may be so.
     */
    public boolean isUnproved() {
        return socket == null && !tls.verifiesAuthority() && !publicKeyRetrieval && !hasKeyInUse()
                && !ThisMachine.is(host);
    }

    /** Inside of TLS the protocol has the password itself, which a server's key cannot protect. */
    public boolean hasKeyInUse() {
        return serverKey != null && !tls.wantsEncryption();
    }

    /**
     * Whether a server that asks for the password itself may have it. On this machine it takes TLS as well, so that
     * nobody listens; who answers there was started by root or by a local account.
     *
     * @param encrypted the connection
     * @param loopback  its other end
     */
    boolean mayTell(boolean encrypted, boolean loopback) {
        return socket != null || publicKeyRetrieval || encrypted && (tls.verifiesAuthority() || loopback);
    }

    /** {@code host:port} or the socket's path, for messages. */
    public String address() {
        return socket != null ? socket.toString() : (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MySqlSettings[" + user + "@" + address() + ", tls=" + tls + "]";
    }

    private static String word(TlsMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
