package io.onedump.database;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.KnownSecrets;

/**
 * Where a database is and who asks. Three spellings are read: URLs ({@code mysql://user:pass@host:port/db},
 * {@code postgres://…}), JDBC URLs ({@code jdbc:mysql://host/db?user=…&password=…}), and the form of Go's MySQL driver
 * ({@code user:pass@tcp(host:port)/db}).
 *
 * <p>In URLs a {@code %} before two hex digits is percent-encoding (RFC 3986); every other character of a password
 * stands for itself, also {@code @ : / + # &}. Only {@code ?} has to be written {@code %3F}. Go's form knows no
 * encoding.
 *
 * @param database null for the whole server
 * @param socket   path of a Unix socket in place of host and port, with PostgreSQL of its folder, or null
 * @param params   what followed the question mark, decoded, without user and password
 */
public record Dsn(
        Family family, String host, int port, String socket, String user, String password, String database,
        Map<String, String> params) {

    /** Which protocol the server speaks. */
    public enum Family {
        MYSQL(3306),
        POSTGRES(5432);

        private final int port;

        Family(int port) {
            this.port = port;
        }
    }

    /** How MySQL's and MariaDB's drivers call a Unix socket. */
    private static final List<String> MYSQL_SOCKETS = List.of("socket", "unixSocket", "unix_socket", "localSocket");
    /** In PostgreSQL's own URLs the host may stand behind the question mark, and be a socket's folder. */
    private static final List<String> POSTGRES_HOST = List.of("host");

    private static final String PLACE =
            "(\\[[0-9a-fA-F:]+]|[^@/?:\\[\\]()]*)(?::(\\d{1,5}))?(?:/([^/?]*))?(?:\\?(.*))?";
    private static final Pattern URL = Pattern.compile(
            "(mysql|mariadb|postgres|postgresql)://(?:([^?]*)@)?" + PLACE, Pattern.DOTALL);
    private static final Pattern JDBC = Pattern.compile(
            "jdbc:(mysql|mariadb|postgresql)://" + PLACE, Pattern.DOTALL);
    private static final Pattern GO = Pattern.compile(
            "(?:(.*)@)?(tcp|unix)\\(([^()]*)\\)/([^/?]*)(?:\\?(.*))?", Pattern.DOTALL);

    public Dsn {
        if (socket != null && !socket.startsWith("/")) {
            throw new IllegalArgumentException("the socket must be an absolute path");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port must be between 1 and 65535");
        }
        params = Map.copyOf(params);
        KnownSecrets.add(password, user, database, host);
    }

    /** @throws IllegalArgumentException when the text has none of the three forms; its message never holds the text */
    public static Dsn parse(String text) {
        Matcher url = URL.matcher(text);
        if (url.matches()) {
            String[] account = account(url.group(2), true);
            return of(family(url.group(1)), url.group(3), url.group(4), account, url.group(5), url.group(6));
        }
        Matcher jdbc = JDBC.matcher(text);
        if (jdbc.matches()) {
            return of(family(jdbc.group(1)), jdbc.group(2), jdbc.group(3), new String[2], jdbc.group(4), jdbc.group(5));
        }
        Matcher go = GO.matcher(text);
        if (go.matches()) {
            return go(go);
        }
        throw new IllegalArgumentException("not understood as a DSN: use mysql://user@host:port/database,"
                + " postgres://…, jdbc:mysql://host:port/database or user@tcp(host:port)/database; with one host");
    }

    /**
     * The same place for another account; what is null or empty, as a property without a value is, keeps what the DSN
     * has.
     */
    public Dsn withAccount(String user, String password) {
        return new Dsn(family, host, port, socket, emptyToNull(user) != null ? user : this.user,
                emptyToNull(password) != null ? password : this.password, database, params);
    }

    /** The same database reached through another address, such as a tunnel's end. */
    public Dsn at(String host, int port) {
        return new Dsn(family, host, port, null, user, password, database, params);
    }

    /** Another database of the same server. */
    public Dsn withDatabase(String name) {
        return new Dsn(family, host, port, socket, user, password, name, params);
    }

    /** The same with another value behind the question mark. */
    public Dsn withParam(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(params);
        changed.put(name, value);
        return new Dsn(family, host, port, socket, user, password, database, changed);
    }

    /** For messages and logs: user, place and database, never the password. */
    public String display() {
        String place = socket != null ? socket : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return (user == null ? "" : user + "@") + place + (database == null ? "" : "/" + database);
    }

    @Override
    public String toString() {
        return "Dsn[" + family + " " + display() + "]";
    }

    private static Dsn go(Matcher go) {
        String[] account = account(go.group(1), false);
        String address = go.group(3);
        if (go.group(2).equals("unix")) {
            return new Dsn(Family.MYSQL, "localhost", Family.MYSQL.port, address, account[0], account[1],
                    emptyToNull(go.group(4)), params(go.group(5)));
        }
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > address.lastIndexOf(']') && colon >= 0;
        return of(Family.MYSQL, hasPort ? address.substring(0, colon) : address,
                hasPort ? address.substring(colon + 1) : null, account, go.group(4), go.group(5));
    }

    private static Dsn of(Family family, String host, String port, String[] account, String database, String query) {
        Map<String, String> params = params(query);
        String user = same("user", account[0], params.remove("user"));
        String password = same("password", account[1], params.remove("password"));
        String place = decode(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        String socket = place.startsWith("/") ? place : null;
        for (String word : family == Family.MYSQL ? MYSQL_SOCKETS : POSTGRES_HOST) {
            socket = same(word, socket, params.remove(word));
        }
        if (socket != null && !socket.startsWith("/") && family == Family.POSTGRES) {
            place = same("host", emptyToNull(place), socket);
            socket = null;
        }
        if (socket != null && !place.equals(socket) && !place.isEmpty() && !place.equals("localhost")) {
            throw new IllegalArgumentException("it names the host " + place + " and a socket: name one of them");
        }
        if (place.indexOf(',') >= 0) {
            throw new IllegalArgumentException("it names several hosts: name one host, the one to ask");
        }
        String name = emptyToNull(database == null ? null : decode(database));
        if (family == Family.POSTGRES) {
            port = same("port", port, params.remove("port"));
            name = same("dbname", name, emptyToNull(params.remove("dbname")));
        }
        return new Dsn(family, place.isEmpty() || socket != null ? "localhost" : place,
                port == null ? family.port : portOf(port), socket, user, password, name, params);
    }

    private static String same(String word, String one, String other) {
        if (one != null && other != null && !one.equals(other)) {
            throw new IllegalArgumentException("its word '" + word + "' contradicts the rest of it: say it once");
        }
        return one != null ? one : other;
    }

    private static int portOf(String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the port must be a number", e);
        }
    }

    private static Family family(String scheme) {
        return scheme.startsWith("postgres") ? Family.POSTGRES : Family.MYSQL;
    }

    private static String[] account(String text, boolean encoded) {
        if (text == null || text.isEmpty()) {
            return new String[2];
        }
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String password = colon < 0 ? null : text.substring(colon + 1);
        return encoded
                ? new String[] {decode(user), password == null ? null : decode(password)}
                : new String[] {user, password};
    }

    private static Map<String, String> params(String query) {
        Map<String, String> params = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                String before = name.isEmpty() ? null : params.put(name, value);
                if (before != null && !before.equals(value)) {
                    throw new IllegalArgumentException("it says '" + name + "' twice: say it once");
                }
            }
        }
        return params;
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                decoded.write(high * 16 + low);
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
