package io.onedump.database;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.onedump.database.mysql.TlsMode;

/**
 * What the words behind a MySQL DSN's question mark say of encryption, in the spelling of whichever driver it was
 * written for; {@code ssl-mode}, {@code sslMode} and {@code ssl_mode} are one word. What is about encryption or log-in
 * and not understood is refused by name, because what is left out here would be found out by an attacker.
 *
 * @param mode               null when no word says it
 * @param authority          PEM file, or null
 * @param publicKeyRetrieval whether the password may be told to a server that nothing proves to be the right one
 * @param serverKey          PEM file with the server's public key, or null
 */
record MySqlTlsWords(TlsMode mode, Path authority, boolean publicKeyRetrieval, Path serverKey) {

    /** What a word begins with, or holds, that has to do with who may read what. */
    private static final Set<String> SENSITIVE =
            Set.of("ssl", "tls", "cert", "keystore", "truststore", "cleartext", "publickey", "pubkey", "auth",
                    "plugindir");

    /** Words that would weaken nothing while they are off. */
    private static final Set<String> HARMLESS_WHEN_OFF =
            Set.of("allowcleartextpasswords", "enablecleartextplugin", "allowfallbacktoplaintext",
                    "getserverpublickey");

    static MySqlTlsWords of(Map<String, String> params) {
        Reading reading = new Reading();
        params.forEach(reading::word);
        MySqlDsnWords.check(reading.others);
        return reading.result();
    }

    /** The words read so far, and who said what, for messages. */
    private static final class Reading {

        private final Map<TlsMode, String> modes = new LinkedHashMap<>();
        private final Map<String, Boolean> switches = new LinkedHashMap<>();
        private final Set<String> others = new TreeSet<>();
        private Path authority;
        private boolean publicKeyRetrieval;
        private Path serverKey;

        void word(String name, String value) {
            String word = name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
            switch (word) {
                case "sslmode" -> modes.put(mode(name, value), name);
                case "tls" -> modes.put(goMode(name, value), name);
                case "ssl", "usessl", "requiressl", "verifyservercertificate", "sslverifyservercert", "sslverifycert",
                        "sslverifyidentity", "trustservercertificate", "disablesslhostnameverification" ->
                    switches.put(word, bool(name, value));
                case "skipssl" -> switches.put("ssl", !bool(name, value.isEmpty() ? "true" : value));
                case "sslca", "serversslcert" -> authority(name, value);
                case "allowpublickeyretrieval", "getserverpublickey" -> publicKeyRetrieval |= bool(name, value);
                case "serverpublickeypath" -> serverKey = file(name, value);
                default -> other(name, word, value);
            }
        }

        MySqlTlsWords result() {
            switchedMode();
            if (modes.size() > 1) {
                throw new IllegalArgumentException("its words for encryption contradict each other: "
                        + String.join(", ", new TreeSet<>(modes.values())) + " mean " + modes.keySet()
                        + "; say it once, with ssl-mode");
            }
            return new MySqlTlsWords(modes.keySet().stream().findFirst().orElse(null), authority, publicKeyRetrieval,
                    serverKey);
        }

        /**
         * The drivers of MySQL and MariaDB for Java had switches before they had modes; {@code useSSL} alone means what
         * MariaDB's makes of it, the stronger one.
         */
        private void switchedMode() {
            boolean wanted = is("ssl") || is("usessl") || is("requiressl");
            boolean off = isNot("ssl") || isNot("usessl");
            boolean anyone = is("trustservercertificate") || isNot("verifyservercertificate")
                    || isNot("sslverifyservercert") || isNot("sslverifycert");
            boolean anyHost = is("disablesslhostnameverification") || isNot("sslverifyidentity");
            boolean authorities = is("verifyservercertificate") || is("sslverifycert");
            boolean hosts = is("sslverifyservercert") || is("sslverifyidentity");
            if (off && (wanted || authorities || hosts) || anyone && (authorities || hosts) || anyHost && hosts) {
                throw new IllegalArgumentException("its words for encryption contradict each other: "
                        + String.join(", ", switches.keySet()) + "; say it once, with ssl-mode");
            }
            if (off) {
                modes.put(TlsMode.DISABLED, "the switches");
            } else if (hosts) {
                modes.put(TlsMode.VERIFY_FULL, "the switches");
            } else if (authorities || anyHost && wanted && !anyone) {
                modes.put(TlsMode.VERIFY_CA, "the switches");
            } else if (is("usessl") && !anyone) {
                modes.put(TlsMode.VERIFY_FULL, "the switches");
            } else if (wanted) {
                modes.put(TlsMode.REQUIRED, "the switches");
            }
        }

        private boolean is(String word) {
            return Boolean.TRUE.equals(switches.get(word));
        }

        private boolean isNot(String word) {
            return Boolean.FALSE.equals(switches.get(word));
        }

        private void authority(String name, String value) {
            Path file = file(name, value);
            if (authority != null && !authority.equals(file)) {
                throw new IllegalArgumentException("it names two authorities: " + authority + " and " + file);
            }
            authority = file;
        }

        private static Path file(String name, String value) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException(name + " names no file");
            }
            return Path.of(value.startsWith("file:") ? value.replaceFirst("^file:(//)?", "") : value);
        }

        private void other(String name, String word, String value) {
            if (SENSITIVE.stream().noneMatch(word::contains) || word.equals("author")) {
                others.add(name);
                return;
            }
            if (HARMLESS_WHEN_OFF.contains(word) && !bool(name, value)) {
                return;
            }
            if (word.contains("publickey") || word.contains("pubkey")) {
                throw new IllegalArgumentException("the word '" + name + "' is not understood; the file with the"
                        + " server's public key is named with server-public-key-path");
            }
            throw new IllegalArgumentException("the word '" + name + "' is not understood"
                    + MySqlDsnWords.suggestion(name) + "; encryption is asked for with"
                    + " ssl-mode (disabled, preferred, required, verify-ca, verify-full) and ssl-ca");
        }

        private static TlsMode mode(String name, String text) {
            return switch (text.toLowerCase(Locale.ROOT).replace('-', '_')) {
                case "verify_identity", "true" -> TlsMode.VERIFY_FULL;
                case "false", "disable" -> TlsMode.DISABLED;
                case "prefer" -> TlsMode.PREFERRED;
                case "skip_verify", "trust", "require" -> TlsMode.REQUIRED;
                default -> parse(name, text);
            };
        }

        /** Go's driver takes a name that a program registered, too, which says nothing here. */
        private static TlsMode goMode(String name, String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "1" -> TlsMode.VERIFY_FULL;
                case "false", "0" -> TlsMode.DISABLED;
                case "skip-verify" -> TlsMode.REQUIRED;
                case "preferred" -> TlsMode.PREFERRED;
                default -> parse(name, text);
            };
        }

        private static TlsMode parse(String name, String text) {
            try {
                return TlsMode.parse(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        }

        private static boolean bool(String name, String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "1", "on", "yes" -> true;
                case "false", "0", "off", "no" -> false;
                default -> throw new IllegalArgumentException(name + " must be true or false, not '" + text + "'");
            };
        }
    }
}
