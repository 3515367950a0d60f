package io.onedump.database.mysql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a server is, who asks, and how long to wait.
 *
 * @param password       empty for none
 * @param connectTimeout for the TCP connection and for each answer during log-in
 * @param readTimeout    for each answer after that; zero waits for ever
 * @param authority      PEM file with the certificates to trust, or null for those of the Java platform
 */
public record MySqlSettings(
        String host, int port, String user, String password, Duration connectTimeout, Duration readTimeout,
        TlsMode tls, Path authority) {

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
        // The protocol library encodes user and password in the platform's character set.
        if (!Charset.defaultCharset().equals(StandardCharsets.UTF_8)
                && !StandardCharsets.US_ASCII.newEncoder().canEncode(user + password)) {
            throw new IllegalArgumentException("user or password has characters beyond ASCII,"
                    + " which this Java would spoil: start it with -Dfile.encoding=UTF-8");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("the connect time-out must be positive: " + connectTimeout);
        }
        if (readTimeout.isNegative()) {
            throw new IllegalArgumentException("the read time-out must not be negative: " + readTimeout);
        }
    }

    /** Default time-outs, encrypted when the server offers it. */
    public static MySqlSettings of(String host, int port, String user, String password) {
        return new MySqlSettings(host, port, user, password, DEFAULT_CONNECT_TIMEOUT, DEFAULT_READ_TIMEOUT,
                TlsMode.PREFERRED, null);
    }

    public MySqlSettings withTls(TlsMode mode, Path pem) {
        return new MySqlSettings(host, port, user, password, connectTimeout, readTimeout, mode, pem);
    }

    public MySqlSettings withReadTimeout(Duration timeout) {
        return new MySqlSettings(host, port, user, password, connectTimeout, timeout, tls, authority);
    }

    /** {@code host:port}, for messages. */
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MySqlSettings[" + user + "@" + address() + ", tls=" + tls + "]";
    }
}
