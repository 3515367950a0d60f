package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import io.onedump.database.mysql.TlsMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlTlsTest {

    private static final MySqlTool MARIADB = new MySqlTool("mariadb-dump", true, new Version(10, 11, 19));
    private static final MySqlTool MYSQL = new MySqlTool("mysqldump", false, new Version(8, 0, 33));

    @ParameterizedTest
    @CsvSource({
            "ssl-mode=REQUIRED, REQUIRED", "ssl-mode=verify_identity, VERIFY_FULL", "sslMode=VERIFY_CA, VERIFY_CA",
            "sslMode=verify-full, VERIFY_FULL", "sslMode=trust, REQUIRED", "sslMode=disable, DISABLED",
            "tls=true, VERIFY_FULL", "tls=skip-verify, REQUIRED", "tls=preferred, PREFERRED", "tls=false, DISABLED",
            "useSSL=true, VERIFY_FULL", "useSSL=false, DISABLED", "x=y,"})
    void readsTheWordsOfEveryDriver(String query, TlsMode mode) {
        assertThat(MySqlTls.of(Dsn.parse("mysql://db/shop?" + query)).mode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, 0,", "PREFERRED,,", "REQUIRED, 1,", "VERIFY_CA, 1, 1", "VERIFY_FULL, 1, 1"})
    void tellsMariaDbTools(TlsMode mode, String ssl, String verify) {
        Map<String, String> options = new MySqlTls(mode, null).options(MARIADB);

        assertThat(options.get("ssl")).isEqualTo(ssl);
        assertThat(options.get("ssl-verify-server-cert")).isEqualTo(verify);
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, DISABLED", "PREFERRED, PREFERRED", "REQUIRED, REQUIRED", "VERIFY_CA, VERIFY_CA",
            "VERIFY_FULL, VERIFY_IDENTITY"})
    void tellsMySqlTools(TlsMode mode, String sslMode) {
        assertThat(new MySqlTls(mode, "/ca.pem").options(MYSQL))
                .containsExactlyInAnyOrderEntriesOf(Map.of("ssl-mode", sslMode, "ssl-ca", "/ca.pem"));
    }

    @Test
    void refusesAModeThatItDoesNotKnow() {
        assertThatThrownBy(() -> MySqlTls.of(Dsn.parse("mysql://db/shop?ssl-mode=maybe")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'maybe'");
    }
}
