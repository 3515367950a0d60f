package io.onedump.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlDsnTest {

    @ParameterizedTest
    @CsvSource({
            "ssl-mode=REQUIRED, REQUIRED", "ssl-mode=verify_identity, VERIFY_FULL", "sslMode=VERIFY_CA, VERIFY_CA",
            "ssl_mode=VERIFY-IDENTITY, VERIFY_FULL", "sslmode=prefer, PREFERRED", "sslmode=require, REQUIRED",
            "sslMode=verify-full, VERIFY_FULL", "sslMode=trust, REQUIRED", "sslMode=disable, DISABLED",
            "tls=true, VERIFY_FULL", "tls=skip-verify, REQUIRED", "tls=preferred, PREFERRED", "tls=false, DISABLED",
            "useSSL=true, VERIFY_FULL", "useSSL=false, DISABLED", "useSSL=true&requireSSL=true, VERIFY_FULL",
            "requireSSL=true, REQUIRED", "requireSSL=false, PREFERRED",
            "useSSL=true&verifyServerCertificate=false, REQUIRED",
            "useSSL=true&trustServerCertificate=true, REQUIRED",
            "useSSL=true&verifyServerCertificate=true, VERIFY_CA", "verifyServerCertificate=true, VERIFY_CA",
            "useSSL=true&disableSslHostnameVerification=true, VERIFY_CA",
            "ssl=true, REQUIRED", "ssl=1, REQUIRED", "ssl=0, DISABLED", "skip-ssl, DISABLED",
            "ssl=1&ssl-verify-server-cert=1, VERIFY_FULL", "ssl_verify_cert=true, VERIFY_CA",
            "ssl_verify_cert=true&ssl_verify_identity=true, VERIFY_FULL",
            "ssl-ca=/ca.pem, VERIFY_CA", "ssl_ca=/ca.pem, VERIFY_CA", "serverSslCert=/ca.pem, VERIFY_CA",
            "x=y, PREFERRED", "allowCleartextPasswords=false, PREFERRED", "charset=utf8mb4&parseTime=true, PREFERRED"})
    void readsTheWordsOfEveryDriver(String query, TlsMode mode) {
        assertThat(settings("mysql://u@db/shop?" + query).tls()).isEqualTo(mode);
    }

    @Test
    void readsTheAuthorityInEverySpelling() {
        assertThat(settings("mysql://u@db/?sslMode=VERIFY_CA&ssl-ca=/ca.pem").authority())
                .isEqualTo(Path.of("/ca.pem"));
        assertThat(settings("jdbc:mariadb://db/?user=u&sslMode=verify-full&serverSslCert=file:/etc/ca.pem").authority())
                .isEqualTo(Path.of("/etc/ca.pem"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ssl-mode=maybe | 'maybe'", "tls=custom | 'custom'", "useSSL=maybe | useSSL must be true or false",
            "ssl-mode=REQUIRED&tls=false | contradict each other", "useSSL=false&requireSSL=true | contradict",
            "ssl=0&ssl-verify-server-cert=1 | contradict", "ssl-mode=REQUIRED&ssl-mode=DISABLED | twice",
            "useSSL=true&verifyServerCertificate=true&trustServerCertificate=true | contradict",
            "ssl-mode=DISABLED&ssl-ca=/ca.pem | looks at no certificate",
            "ssl-mode=REQUIRED&ssl-ca=/ca.pem | looks at no certificate", "ssl-ca= | names no file",
            "ssl-ca=/a.pem&serverSslCert=/b.pem | two authorities", "ssl-cert=/c.pem | 'ssl-cert' is not understood",
            "ssl-key=/k.pem | 'ssl-key'", "ssl-capath=/certs | 'ssl-capath'", "ssl-cipher=X | 'ssl-cipher'",
            "tlsVersion=1.0 | 'tlsVersion'", "enabledTLSProtocols=TLSv1 | 'enabledTLSProtocols'",
            "trustCertificateKeyStoreUrl=file:x | 'trustCertificateKeyStoreUrl'",
            "allowCleartextPasswords=true | 'allowCleartextPasswords'",
            "enable-cleartext-plugin=1 | 'enable-cleartext-plugin'",
            "serverRSAPublicKeyFile=/k | serverRSAPublicKeyFile"})
    void refusesByNameWhatItDoesNotUnderstandOrCannotKeep(String query, String message) {
        assertThatThrownBy(() -> settings("mysql://u:s3cret@db/shop?" + query))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void takesWhatOptionsSayWhereTheDsnIsSilent() {
        Dsn dsn = Dsn.parse("mysql://u@db");

        assertThat(MySqlDsn.settings(dsn, null, null, TlsMode.VERIFY_FULL).tls()).isEqualTo(TlsMode.VERIFY_FULL);
        assertThat(MySqlDsn.settings(dsn, TlsMode.DISABLED, null, TlsMode.VERIFY_FULL).tls())
                .isEqualTo(TlsMode.DISABLED);
        assertThat(MySqlDsn.settings(Dsn.parse("mysql://u@db?ssl-ca=/ca.pem"), null, null, TlsMode.VERIFY_FULL))
                .extracting(MySqlSettings::tls, MySqlSettings::authority)
                .containsExactly(TlsMode.VERIFY_FULL, Path.of("/ca.pem"));
        assertThat(MySqlDsn.settings(Dsn.parse("mysql://u@db?tls=false"), null, null, TlsMode.VERIFY_FULL).tls())
                .isEqualTo(TlsMode.DISABLED);
    }

    @Test
    void refusesOptionsThatContradictTheDsn() {
        Dsn dsn = Dsn.parse("mysql://u@db?ssl-mode=VERIFY_CA&ssl-ca=/a.pem");

        assertThat(MySqlDsn.settings(dsn, TlsMode.VERIFY_CA, Path.of("/a.pem"), TlsMode.VERIFY_FULL).tls())
                .isEqualTo(TlsMode.VERIFY_CA);
        assertThatThrownBy(() -> MySqlDsn.settings(dsn, TlsMode.VERIFY_FULL, null, TlsMode.VERIFY_FULL))
                .hasMessageContaining("contradict each other")
                .hasMessageContaining("VERIFY_FULL here, VERIFY_CA there");
        assertThatThrownBy(() -> MySqlDsn.settings(dsn, null, Path.of("/b.pem"), TlsMode.VERIFY_FULL))
                .hasMessageContaining("/b.pem here, /a.pem there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u@unix(/run/mysqld/mysqld.sock)/shop",
            "mysql://u@localhost/shop?socket=/run/mysqld/mysqld.sock",
            "mysql://u@%2Frun%2Fmysqld%2Fmysqld.sock/shop",
            "jdbc:mariadb:///shop?user=u&localSocket=/run/mysqld/mysqld.sock",
            "mysql://u@/shop?unix_socket=/run/mysqld/mysqld.sock"})
    void reachesAUnixSocketWithoutEncryption(String dsn) {
        assertThat(settings(dsn)).extracting(MySqlSettings::socket, MySqlSettings::tls, MySqlSettings::address)
                .containsExactly(Path.of("/run/mysqld/mysqld.sock"), TlsMode.DISABLED, "/run/mysqld/mysqld.sock");
        assertThat(MySqlDsn.settings(Dsn.parse(dsn), null, null, TlsMode.VERIFY_FULL).tls())
                .isEqualTo(TlsMode.DISABLED);
    }

    @Test
    void refusesToEncryptAUnixSocket() {
        assertThatThrownBy(() -> settings("u@unix(/run/mysqld.sock)/?tls=true"))
                .hasMessageContaining("verify-full").hasMessageContaining("/run/mysqld.sock");
    }

    @Test
    void allowsTheKeyOfAServerThatNothingProvesOnlyWhenTold() {
        assertThat(settings("mysql://u@db").publicKeyRetrieval()).isFalse();
        assertThat(settings("mysql://u@db?allowPublicKeyRetrieval=true").publicKeyRetrieval()).isTrue();
        assertThat(settings("mysql://u@db?allowPublicKeyRetrieval=false").publicKeyRetrieval()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server-public-key-path=/k.pem", "serverPublicKeyPath=/k.pem",
            "server_public_key_path=file:/k.pem"})
    void takesTheServersPublicKey(String word) {
        MySqlSettings plain = settings("mysql://u@db?ssl-mode=DISABLED&" + word);

        assertThat(plain.serverKey()).isEqualTo(Path.of("/k.pem"));
        assertThat(plain.isUnproved()).isFalse();
        assertThat(settings("mysql://u@db?" + word).isUnproved()).as("inside of TLS it protects nothing").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serverPubKey=name", "rsaPublicKey=/k.pem", "serverRSAPublicKeyFile=/k.pem"})
    void namesTheWordForTheServersPublicKey(String word) {
        assertThatThrownBy(() -> settings("mysql://u@db?" + word)).hasMessageContaining("server-public-key-path");
    }

    private static MySqlSettings settings(String dsn) {
        return MySqlDsn.settings(Dsn.parse(dsn));
    }
}
