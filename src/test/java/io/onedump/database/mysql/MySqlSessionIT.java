package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

/** MySQL makes itself a certificate, whose authority is in the data folder and which names no host. */
class MySqlSessionIT extends MySqlSessionContract {

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

    @Test
    void refusesAnUnknownAuthority() {
        assertThatThrownBy(() -> MySqlSession.connect(settings("root", "").withTls(TlsMode.VERIFY_CA, null)))
                .isInstanceOf(IOException.class).hasMessageContaining("certification path");
    }

    @Test
    void refusesACertificateForAnotherHost() {
        assertThatThrownBy(() -> MySqlSession.connect(
                settings("root", "").withTls(TlsMode.VERIFY_FULL, server().dataDir().resolve("ca.pem"))))
                .isInstanceOf(IOException.class).hasMessageContaining("subject alternative");
    }
}
