package io.onedump.database;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.onedump.artifact.Nearest;

/** What a PostgreSQL DSN says behind its question mark, as words of libpq: what it does not know is refused here. */
public final class PostgresDsn {

    private static final String CONNECT_TIMEOUT = "30";
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /** The PostgreSQL manual, 34.1.2, without those that name the place, the account or a file with one. */
    private static final Set<String> LIBPQ = Set.of("connect_timeout", "client_encoding", "options",
            "application_name", "fallback_application_name", "keepalives", "keepalives_idle", "keepalives_interval",
            "keepalives_count", "tcp_user_timeout", "gssencmode", "sslmode", "sslnegotiation", "sslcompression",
            "sslcert", "sslkey", "sslcertmode", "sslrootcert", "sslcrl", "sslcrldir", "sslsni", "requirepeer",
            "ssl_min_protocol_version", "ssl_max_protocol_version", "krbsrvname", "gsslib", "gssdelegation",
            "channel_binding", "require_auth", "target_session_attrs", "load_balance_hosts");

    /** Of those, the ones that libpq reads as numbers. */
    private static final List<String> NUMBERS = List.of("connect_timeout", "keepalives", "keepalives_idle",
            "keepalives_interval", "keepalives_count", "tcp_user_timeout", "sslcompression", "sslsni",
            "gssdelegation");

    /** What the JDBC driver calls differently. */
    private static final Map<String, String> JDBC =
            Map.of("ApplicationName", "application_name", "connectTimeout", "connect_timeout");

    private PostgresDsn() {
    }

    /** @throws IllegalArgumentException naming a word that is not understood, or not understood with this value */
    public static Map<String, String> words(Dsn dsn) {
        Map<String, String> words = new TreeMap<>();
        dsn.params().forEach((name, value) -> {
            String known = JDBC.getOrDefault(name, name);
            if (name.equals("ssl")) {
                ssl(value, words);
            } else if (LIBPQ.contains(known)) {
                put(words, known, value);
            } else {
                throw new IllegalArgumentException(refusal(name));
            }
        });
        NUMBERS.stream().filter(words::containsKey).forEach(name -> {
            if (!words.get(name).strip().matches("-?\\d{1,9}")) {
                throw new IllegalArgumentException("the word '" + name + "' must be a whole number, not '"
                        + words.get(name) + "'");
            }
        });
        String mode = words.get("sslmode");
        if (mode != null && !SSL_MODES.contains(mode)) {
            throw new IllegalArgumentException("sslmode must be one of " + String.join(", ", SSL_MODES) + ", not '"
                    + mode + "'" + Nearest.suggestion(mode, SSL_MODES));
        }
        return words;
    }

    /**
     * Everything of a DSN but its password, as libpq reads it (PostgreSQL manual, 34.1.1).
     *
     * @param tunnel where the server is reached, or null for its own place; its name stays, as its certificate has it
     */
    public static String connectionString(Dsn dsn, InetSocketAddress tunnel) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("host", dsn.socket() != null ? dsn.socket() : dsn.host());
        keys.put("hostaddr", tunnel == null ? null : tunnel.getHostString());
        keys.put("port", String.valueOf(tunnel == null ? dsn.port() : tunnel.getPort()));
        keys.put("user", dsn.user());
        keys.put("dbname", dsn.database());
        keys.put("connect_timeout", CONNECT_TIMEOUT);
        keys.putAll(words(dsn));
        StringBuilder text = new StringBuilder();
        keys.forEach((key, value) -> {
            if (value != null) {
                text.append(text.isEmpty() ? "" : " ").append(key).append("='")
                        .append(value.replaceAll("(['\\\\])", "\\\\$1")).append('\'');
            }
        });
        return text.toString();
    }

    /** The line of a password file that gives its password to whatever is asked (PostgreSQL manual, 34.16). */
    public static String passwordLine(Dsn dsn) {
        return "*:*:*:*:" + dsn.password().replaceAll("([:\\\\])", "\\\\$1") + "\n";
    }

    /** The JDBC driver verifies with {@code ssl=true}; {@code false} asks for nothing. */
    private static void ssl(String value, Map<String, String> words) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "" -> put(words, "sslmode", "verify-full");
            case "false", "0" -> {
                // As without the word.
            }
            default -> throw new IllegalArgumentException("ssl must be true or false, not '" + value + "'");
        }
    }

    private static void put(Map<String, String> words, String name, String value) {
        String before = words.put(name, value);
        if (before != null && !before.equals(value)) {
            throw new IllegalArgumentException("its words for " + name + " contradict each other: '" + before
                    + "' and '" + value + "'");
        }
    }

    private static String refusal(String name) {
        return switch (name) {
            case "sslpassword" -> "it must not hold sslpassword, which would show in the process list: use a client key"
                    + " without a passphrase, readable by this user only";
            case "currentSchema" -> "the word 'currentSchema' has no meaning for a dump: name the schema in options,"
                    + " with --schema";
            case "service", "passfile", "hostaddr" -> "the word '" + name + "' is not for a DSN: name host, user and"
                    + " password";
            default -> "the word '" + name + "' is not understood" + Nearest.suggestion(name, LIBPQ)
                    + "; encryption is asked for with sslmode ("
                    + String.join(", ", SSL_MODES) + ") and sslrootcert, the other words are "
                    + LIBPQ.stream().filter(word -> !word.startsWith("ssl")).sorted().collect(Collectors.joining(", "));
        };
    }
}
