package io.onedump.database;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.database.mysql.TlsMode;
import io.onedump.database.postgres.PgSettings;
import io.onedump.database.postgres.PgTls;

/** From a PostgreSQL DSN to the settings of a connection of our own, with libpq's words. */
public final class PostgresSettings {

    /** In the order of {@link TlsMode}. */
    private static final List<String> SSL_MODES =
            List.of("disable", "prefer", "require", "verify-ca", "verify-full");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    /** What our own connections do anyhow, or what cannot make a difference to them. */
    private static final Set<String> WITHOUT_MEANING = Set.of("client_encoding", "keepalives", "keepalives_idle",
            "keepalives_interval", "keepalives_count", "tcp_user_timeout", "sslcompression", "sslsni",
            "load_balance_hosts", "fallback_application_name", "krbsrvname", "gsslib", "gssdelegation", "sslcertmode",
            "ssl_min_protocol_version", "ssl_max_protocol_version");
    /** What can be said in a way that asks for no more than our own connections do. */
    private static final Map<String, List<String>> HARMLESS = Map.of("gssencmode", List.of("disable", "prefer"),
            "sslnegotiation", List.of("postgres"), "channel_binding", List.of("disable", "prefer"),
            "target_session_attrs", List.of("any"));
    private static final Set<String> UNDERSTOOD =
            Set.of("connect_timeout", "options", "application_name", "sslmode", "sslrootcert", "sslcert", "sslkey");

    private PostgresSettings() {
    }

    /**
     * Like libpq, a DSN without an account means the one of the operating system.
     *
     * @param  tunnel                   where the server is reached, or null for its own place
     * @param  fallback                 the database where the DSN names none
     * @throws IllegalArgumentException naming what is wrong with the DSN
     */
    public static PgSettings of(Dsn dsn, InetSocketAddress tunnel, String fallback) {
        Map<String, String> words = PostgresDsn.words(dsn);
        words.forEach(PostgresSettings::check);
        String user = dsn.user() == null ? System.getProperty("user.name") : dsn.user();
        Path socket = dsn.socket() == null ? null : Path.of(dsn.socket()).resolve(".s.PGSQL." + dsn.port());
        return new PgSettings(dsn.host(), dsn.port(), tunnel, socket, user, dsn.password(),
                dsn.database() == null ? fallback : dsn.database(), tls(words), words.get("options"),
                words.getOrDefault("application_name", "onedump"), connectTimeout(words), Duration.ZERO);
    }

    /** The same server with the encryption that is asked for beside its DSN. */
    public static Dsn withTls(Dsn dsn, TlsMode mode) {
        return dsn.withParam("sslmode", SSL_MODES.get(mode.ordinal()));
    }

    private static void check(String word, String value) {
        boolean harmless = HARMLESS.getOrDefault(word, List.of()).contains(value);
        if (!UNDERSTOOD.contains(word) && !WITHOUT_MEANING.contains(word) && !harmless) {
            throw new IllegalArgumentException("the word '" + word + "' is libpq's, and our own connections do not do"
                    + " what it asks for: leave it out, or use the database's own tools (dump:pgdump)");
        }
    }

    private static Duration connectTimeout(Map<String, String> words) {
        int seconds = Integer.parseInt(words.getOrDefault("connect_timeout", "0").strip());
        return seconds > 0 ? Duration.ofSeconds(Math.max(2, seconds)) : CONNECT_TIMEOUT;
    }

    private static PgTls tls(Map<String, String> words) {
        PgTls.Mode mode = PgTls.Mode.of(words.getOrDefault("sslmode", "prefer"));
        String authority = words.get("sslrootcert");
        Path standard = Path.of(System.getProperty("user.home"), ".postgresql", "root.crt");
        boolean proves = mode.compareTo(PgTls.Mode.VERIFY_CA) >= 0;
        if (authority == null && Files.isReadable(standard)) {
            authority = standard.toString();
        }
        if (authority == null && proves) {
            throw new IllegalArgumentException("sslmode=" + words.get("sslmode") + " needs sslrootcert: the PEM file of"
                    + " the server's authority, or system for those of this machine");
        }
        boolean system = "system".equals(authority);
        if (system && mode != PgTls.Mode.VERIFY_FULL) {
            if (words.containsKey("sslmode")) {
                throw new IllegalArgumentException("sslrootcert=system goes with sslmode=verify-full only");
            }
            mode = PgTls.Mode.VERIFY_FULL;
        }
        // As libpq does: whoever has an authority wants it to be asked.
        if (mode == PgTls.Mode.REQUIRE && authority != null) {
            mode = PgTls.Mode.VERIFY_CA;
        }
        String certificate = words.get("sslcert");
        if (certificate != null && !words.containsKey("sslkey") || certificate == null && words.containsKey("sslkey")) {
            throw new IllegalArgumentException("sslcert and sslkey go together: name both");
        }
        return new PgTls(mode, authority == null || system ? null : Path.of(authority),
                certificate == null ? null : Path.of(certificate),
                certificate == null ? null : Path.of(words.get("sslkey")));
    }
}
