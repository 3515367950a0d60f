package io.onedump.database;

import java.nio.file.Path;

import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;

/** A DSN of a MySQL or MariaDB server as the settings of a connection: the only way from the one to the other. */
public final class MySqlDsn {

    private MySqlDsn() {
    }

    /**
     * Encrypted when the server offers it, unless the DSN says otherwise.
     *
     * @throws IllegalArgumentException naming the word of the DSN that is not understood, or contradicts another
     */
    public static MySqlSettings settings(Dsn dsn) {
        return settings(dsn, null, null, TlsMode.PREFERRED);
    }

    /**
     * The same beside options that say of encryption what the DSN may say too.
     *
     * @param mode      of an option, or null where it is not set
     * @param authority of an option, or null where it is not set
     * @param otherwise the mode where neither says one
     * @throws IllegalArgumentException also when options and DSN contradict each other
     */
    public static MySqlSettings settings(Dsn dsn, TlsMode mode, Path authority, TlsMode otherwise) {
        if (dsn.family() != Dsn.Family.MYSQL) {
            throw new IllegalArgumentException("it names a " + dsn.family() + " server, not one of MySQL or MariaDB");
        }
        MySqlTlsWords words = MySqlTlsWords.of(dsn.params());
        TlsMode said = same("TLS mode", mode, words.mode());
        Path file = same("authority", authority, words.authority());
        if (dsn.socket() != null) {
            return MySqlSettings.ofSocket(Path.of(dsn.socket()), dsn.user(), dsn.password())
                    .withTls(said == null || said == TlsMode.PREFERRED ? TlsMode.DISABLED : said, file);
        }
        // An authority that is named is meant to be asked, as MySQL's own clients see it too.
        TlsMode effective = said != null
                ? said
                : file != null && !otherwise.verifiesAuthority() ? TlsMode.VERIFY_CA : otherwise;
        return MySqlSettings.of(dsn.host(), dsn.port(), dsn.user(), dsn.password()).withTls(effective, file)
                .withPublicKeyRetrieval(words.publicKeyRetrieval()).withServerKey(words.serverKey());
    }

    private static <T> T same(String what, T option, T word) {
        if (option != null && word != null && !option.equals(word)) {
            throw new IllegalArgumentException("the option and the DSN contradict each other: " + what + " " + option
                    + " here, " + word + " there; say it once");
        }
        return option != null ? option : word;
    }
}
