package io.onedump.dump;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.onedump.database.mysql.TlsMode;

/**
 * What a MySQL DSN says of encryption, in the words of whichever driver it was written for: {@code ssl-mode} or
 * {@code sslMode} (all drivers), {@code tls} (Go), {@code useSSL} (JDBC); the authority's file in {@code ssl-ca}.
 *
 * @param mode null when the DSN does not say
 * @param authority PEM file, or null
 */
record MySqlTls(TlsMode mode, String authority) {

    static MySqlTls of(Dsn dsn) {
        Map<String, String> params = new LinkedHashMap<>();
        dsn.params().forEach((name, value) -> params.put(name.toLowerCase(Locale.ROOT).replaceAll("[-_]", ""), value));
        String mode = params.getOrDefault("sslmode", params.getOrDefault("tls", params.get("usessl")));
        return new MySqlTls(mode == null ? null : mode(mode),
                params.getOrDefault("sslca", params.get("serversslcert")));
    }

    /** The options that mean the same to the tool's family. */
    Map<String, String> options(MySqlTool tool) {
        Map<String, String> options = new LinkedHashMap<>();
        if (mode != null && tool.mariaDb()) {
            switch (mode) {
                case DISABLED -> options.put("ssl", "0");
                case PREFERRED -> {
                    // What the tool does by itself.
                }
                case REQUIRED -> options.put("ssl", "1");
                case VERIFY_CA, VERIFY_FULL -> {
                    options.put("ssl", "1");
                    options.put("ssl-verify-server-cert", "1");
                }
            }
        } else if (mode != null) {
            options.put("ssl-mode", mode == TlsMode.VERIFY_FULL ? "VERIFY_IDENTITY" : mode.name());
        }
        if (authority != null) {
            options.put("ssl-ca", authority);
        }
        return options;
    }

    private static TlsMode mode(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "verify_identity", "verify-identity" -> TlsMode.VERIFY_FULL;
            case "false", "disable" -> TlsMode.DISABLED;
            case "skip-verify", "trust", "require" -> TlsMode.REQUIRED;
            default -> TlsMode.parse(text);
        };
    }
}
