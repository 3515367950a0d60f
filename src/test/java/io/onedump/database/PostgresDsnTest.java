package io.onedump.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresDsnTest {

    @Test
    void passesOnWhatLibpqKnows() {
        assertThat(words("postgres://u@db/shop?sslmode=verify-full&sslrootcert=/ca.pem&application_name=a"))
                .isEqualTo(Map.of("sslmode", "verify-full", "sslrootcert", "/ca.pem", "application_name", "a"));
    }

    @Test
    void readsTheWordsOfTheJdbcDriver() {
        assertThat(words("jdbc:postgresql://db/shop?user=u&ssl=true&ApplicationName=a"))
                .isEqualTo(Map.of("sslmode", "verify-full", "application_name", "a"));
        assertThat(words("jdbc:postgresql://db/shop?ssl=false")).isEmpty();
        assertThat(words("jdbc:postgresql://db/shop?ssl=true&sslmode=verify-full"))
                .isEqualTo(Map.of("sslmode", "verify-full"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ssl-ca=/ca | 'ssl-ca' is not understood", "tls=true | 'tls'",
            "sslMode=require | 'sslMode'", "currentSchema=a | --schema", "sslmode=maybe | sslmode must be one of",
            "ssl=maybe | ssl must be true or false", "ssl=true&sslmode=disable | contradict", "service=x | 'service'",
            "passfile=/p | 'passfile'", "hostaddr=127.0.0.1 | 'hostaddr'", "sslfactory=x | 'sslfactory'",
            "sslpassword=s3cret | sslpassword",
            "connect_timeout=x | 'connect_timeout' must be a whole number", "keepalives_idle=1s | 'keepalives_idle'",
            "connectTimeout= | 'connect_timeout'", "tcp_user_timeout=1.5 | 'tcp_user_timeout'"})
    void refusesByNameWhatLibpqWouldRefuseAtRunTime(String query, String message) {
        assertThatThrownBy(() -> words("postgres://u@db/shop?" + query)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message).hasMessageNotContaining("s3cret");
    }

    @Test
    void readsPlaceAndDatabaseBehindTheQuestionMark() {
        assertThat(Dsn.parse("postgres:///shop?host=/var/run/postgresql&user=u").socket())
                .isEqualTo("/var/run/postgresql");
        assertThat(Dsn.parse("postgres://%2Fvar%2Frun%2Fpostgresql/shop").socket()).isEqualTo("/var/run/postgresql");
        assertThat(Dsn.parse("postgres:///?host=db&port=5433&dbname=shop"))
                .extracting(Dsn::host, Dsn::port, Dsn::database, Dsn::socket).containsExactly("db", 5433, "shop", null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"postgres://a/shop?host=b | 'host'", "postgres://a:1/shop?port=2 | 'port'",
            "postgres://a/shop?dbname=b | 'dbname'", "postgres://a,b/shop | one host",
            "postgres://a:1,b:2/shop | one host", "postgres://a/shop?host=/var/run | and a socket"})
    void refusesTwoPlacesInOne(String dsn, String message) {
        assertThatThrownBy(() -> Dsn.parse(dsn)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Map<String, String> words(String dsn) {
        return PostgresDsn.words(Dsn.parse(dsn));
    }
}
