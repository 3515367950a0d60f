package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

class MariaDbSessionIT extends MySqlSessionContract {

    @Override
    SqlServer startServer() {
        return MariaDb.start();
    }

    @Override
    Flavour flavour() {
        return Flavour.MARIADB;
    }

    @Test
    void refusesAServerWithoutTlsWhenItIsDemanded() {
        assertThatThrownBy(() -> MySqlSession.connect(settings("root", "").withTls(TlsMode.REQUIRED, null)))
                .hasMessageContaining("offers no TLS");
    }
}
