package io.onedump.database.postgres;

import java.nio.file.Path;
import java.util.Locale;

/**
 * How a connection to PostgreSQL is encrypted, and how much of the server's certificate is believed, in libpq's words.
 *
 * @param authority   PEM file of the authorities that are trusted; null for those of this machine
 * @param certificate our own, or null
 * @param key         the key of that, PKCS #8 without a passphrase, or null
 * @see <a href="https://www.postgresql.org/docs/current/libpq-ssl.html">libpq's modes</a>
 */
public record PgTls(Mode mode, Path authority, Path certificate, Path key) {

    /** The values of {@code sslmode}. */
    public enum Mode {
        DISABLE, ALLOW, PREFER, REQUIRE, VERIFY_CA, VERIFY_FULL;

        public static Mode of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public boolean wanted() {
        return mode != Mode.DISABLE;
    }

    public boolean demanded() {
        return mode.compareTo(Mode.REQUIRE) >= 0;
    }

    /** Whether who answers has to prove that he is the server. */
    public boolean proves() {
        return mode.compareTo(Mode.VERIFY_CA) >= 0;
    }

    public boolean provesHost() {
        return mode == Mode.VERIFY_FULL;
    }
}
