package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.servers.MySql;
import io.onedump.servers.RogueMySql;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MySQL makes itself a certificate, whose authority is in the data folder and which names no host. */
class MySqlSessionIT extends MySqlSessionContract {

    @TempDir
    private Path folder;

    @Override
    SqlServer startServer() {
        return MySql.start();
    }

    @Override
    Flavour flavour() {
        return Flavour.MYSQL;
    }

    @Test
    void encryptsWhenItCan() throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings("root", ""))) {
            assertThat(session.encrypted()).isTrue();
        }
    }

    @Test
    void trustsTheAuthorityThatItIsGiven() throws IOException {
        MySqlSettings verified = settings("root", "").withTls(TlsMode.VERIFY_CA, server().dataDir().resolve("ca.pem"));
        try (MySqlSession session = MySqlSession.connect(verified)) {
            assertThat(session.encrypted()).isTrue();
        }
    }

    /** What the server has forgotten since it started it asks for itself. */
    @Test
    void tellsAPasswordWithoutTlsOnlyWhenItIsAllowedTo() throws IOException {
        for (String method : List.of("caching_sha2_password", "sha256_password")) {
            String user = "plain_" + method;
            server().execute("CREATE USER " + user + " IDENTIFIED WITH " + method + " BY 'secret'");
            MySqlSettings plain = settings(user, "secret").withTls(TlsMode.DISABLED, null);

            assertThatThrownBy(() -> MySqlSession.connect(plain)).isInstanceOf(LogInMethodException.class)
                    .hasMessageContaining(method).hasMessageContaining("allowPublicKeyRetrieval");
            try (MySqlSession session = MySqlSession.connect(plain.withPublicKeyRetrieval(true))) {
                assertThat(session.logInMethod()).isEqualTo(method);
            }
        }
        try (MySqlSession session =
                MySqlSession
                        .connect(settings("plain_caching_sha2_password", "secret").withTls(TlsMode.DISABLED, null))) {
            assertThat(session.encrypted()).as("the server remembers the password now").isFalse();
        }
    }

    /** The key is read from the server's folder, not asked for over a line on which anybody could answer. */
    @Test
    void tellsAPasswordWithoutTlsForTheServersKey() throws Exception {
        for (String method : List.of("caching_sha2_password", "sha256_password")) {
            String user = "keyed_" + method;
            server().execute("CREATE USER " + user + " IDENTIFIED WITH " + method + " BY 'sécret'");
            MySqlSettings plain = settings(user, "sécret").withTls(TlsMode.DISABLED, null);
            Path right = server().dataDir().resolve("public_key.pem");
            Path wrong = otherKey();

            assertThatThrownBy(() -> MySqlSession.connect(plain.withServerKey(wrong)))
                    .isInstanceOf(MySqlException.class).hasMessageContaining("another server's key")
                    .hasMessageContaining(wrong.toString()).hasMessageContaining("1045");
            try (MySqlSession session = MySqlSession.connect(plain.withServerKey(right))) {
                assertThat(session.encrypted()).isFalse();
                assertThat(session.logInMethod()).isEqualTo(method);
            }
            assertThatThrownBy(() -> MySqlSession.connect(plain.withServerKey(folder.resolve("none.pem"))))
                    .hasMessageContaining("none.pem: it does not exist");
        }
    }

    private Path otherKey() throws Exception {
        return Files.writeString(folder.resolve("other.pem"), RogueMySql.publicKey());
    }

    @Test
    void logsInWithEveryMethodWhereTheServerIsProved() throws IOException {
        for (String method : List.of("caching_sha2_password", "sha256_password", "mysql_native_password")) {
            String user = "proved_" + method;
            server().execute("CREATE USER " + user + " IDENTIFIED WITH " + method + " BY 'secret'");
            MySqlSettings verified =
                    settings(user, "secret").withTls(TlsMode.VERIFY_CA, server().dataDir().resolve("ca.pem"));

            try (MySqlSession session = MySqlSession.connect(verified)) {
                assertThat(session.logInMethod()).isEqualTo(method);
            }
        }
    }

    @Test
    void refusesAnUnknownAuthority() {
        assertThatThrownBy(() -> MySqlSession.connect(settings("root", "").withTls(TlsMode.VERIFY_CA, null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of no authority that this machine trusts").hasMessageContaining("give ssl-ca");
    }

    @Test
    void refusesACertificateForAnotherHost() {
        assertThatThrownBy(() -> MySqlSession.connect(
                settings("root", "").withTls(TlsMode.VERIFY_FULL, server().dataDir().resolve("ca.pem"))))
                .isInstanceOf(IOException.class).hasMessageContaining("subject alternative");
    }
}
