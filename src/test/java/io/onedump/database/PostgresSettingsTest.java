package io.onedump.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;

import io.onedump.database.mysql.TlsMode;
import io.onedump.database.postgres.PgSettings;
import io.onedump.database.postgres.PgTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSettingsTest {

    private static PgSettings of(String dsn) {
        return PostgresSettings.of(Dsn.parse(dsn), null, "postgres");
    }

    @Test
    void readsLibpqsWords() {
        PgSettings settings = of("postgres://u:p@db:5433/shop?sslmode=verify-full&sslrootcert=/ca.pem&connect_timeout=7"
                + "&options=-c%20geqo%3Doff&application_name=night");

        assertThat(settings.address()).isEqualTo("db:5433");
        assertThat(settings.tls()).isEqualTo(new PgTls(PgTls.Mode.VERIFY_FULL, Path.of("/ca.pem"), null, null));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.options()).isEqualTo("-c geqo=off");
        assertThat(settings.name()).isEqualTo("night");
        assertThat(settings.toString()).doesNotContain("p@");
        assertThat(of("postgres:///shop?host=/run/pg").socket()).isEqualTo(Path.of("/run/pg/.s.PGSQL.5432"));
        assertThat(of("postgres://db").database()).isEqualTo("postgres");
        assertThat(of("postgres://db").tls().mode()).isEqualTo(PgTls.Mode.PREFER);
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, disable", "PREFERRED, prefer", "REQUIRED, require", "VERIFY_CA, verify-ca",
            "VERIFY_FULL, verify-full"})
    void takesTheEncryptionThatIsAskedForBesideTheDsn(TlsMode asked, String word) {
        Dsn dsn = PostgresSettings.withTls(Dsn.parse("postgres://db/a"), asked);
        assertThat(PostgresDsn.words(dsn)).containsEntry("sslmode", word);
    }

    @Test
    void whoHasAnAuthorityWantsItToBeAsked() {
        assertThat(of("postgres://db/a?sslmode=require&sslrootcert=/ca.pem").tls().mode())
                .isEqualTo(PgTls.Mode.VERIFY_CA);
        assertThat(of("postgres://db/a?sslrootcert=system").tls())
                .isEqualTo(new PgTls(PgTls.Mode.VERIFY_FULL, null, null, null));
    }

    @Test
    void anotherEncryptionCanBeAskedForBesideTheDsn() {
        Dsn dsn = PostgresSettings.withTls(Dsn.parse("postgres://db/a?sslmode=prefer"), TlsMode.REQUIRED);

        assertThat(PostgresSettings.of(dsn, null, null).tls().mode()).isEqualTo(PgTls.Mode.REQUIRE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"requirepeer=x | 'requirepeer' is libpq's",
            "channel_binding=require | 'channel_binding' is libpq's", "gssencmode=require | 'gssencmode' is libpq's",
            "sslmode=verify-ca | needs sslrootcert", "sslcert=/c.pem | sslcert and sslkey go together",
            "sslmode=require&sslrootcert=system | verify-full only", "tls=true | 'tls' is not understood"})
    void refusesWhatOurOwnConnectionsDoNotDo(String words, String message) {
        assertThatThrownBy(() -> of("postgres://db/a?" + words)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
