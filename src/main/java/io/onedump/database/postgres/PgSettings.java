package io.onedump.database.postgres;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

import io.onedump.database.mysql.ThisMachine;

/**
 * Where a PostgreSQL server is, who asks, and how.
 *
 * @param host           the server's name, which its certificate has to hold
 * @param tunnel         where it is reached in place of host and port, or null
 * @param socket         the file of a Unix socket in place of all that, or null
 * @param password       or null
 * @param options        settings for the session's start, as libpq's word of that name, or null
 * @param name           by which the server lists the session
 * @param connectTimeout for reaching the server, and for each of its answers until it has let us in
 * @param readTimeout    how long it may say nothing; zero for ever
 */
public record PgSettings(String host, int port, InetSocketAddress tunnel, Path socket, String user, String password,
        String database, PgTls tls, String options, String name, Duration connectTimeout, Duration readTimeout) {

    public PgSettings withReadTimeout(Duration timeout) {
        return new PgSettings(host, port, tunnel, socket, user, password, database, tls, options, name, connectTimeout,
                timeout);
    }

    PgSettings withConnectTimeout(Duration timeout) {
        return new PgSettings(host, port, tunnel, socket, user, password, database, tls, options, name, timeout,
                readTimeout);
    }

    /** For messages. */
    public String address() {
        return socket != null ? socket.toString() : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Whether only somebody on this machine could listen, or the other end is proved by the tunnel. */
    boolean isNear() {
        return socket != null || tunnel != null || ThisMachine.is(host);
    }

    @Override
    public String toString() {
        return "PgSettings[" + user + "@" + address() + "/" + database + "]";
    }
}
