package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class MySqlSettingsTest {

    @Test
    void waitsTenSecondsForAConnectionAndPrefersTls() {
        MySqlSettings settings = MySqlSettings.of("db", 3306, "backup", "secret");

        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.tls()).isEqualTo(TlsMode.PREFERRED);
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(MySqlSettings.of("db", 3306, "backup", "secret").toString()).contains("backup@db:3306")
                .doesNotContain("secret");
    }

    @Test
    void writesIpv6AddressesInBrackets() {
        assertThat(MySqlSettings.of("::1", 3306, "backup", "").address()).isEqualTo("[::1]:3306");
    }

    @Test
    void refusesAPortThatCannotBe() {
        assertThatThrownBy(() -> MySqlSettings.of("db", 0, "backup", ""))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("port");
    }

    @Test
    void readsTlsModesAsTheToolsWriteThem() {
        assertThat(TlsMode.parse("verify-full")).isEqualTo(TlsMode.VERIFY_FULL);
        assertThat(TlsMode.parse("VERIFY_CA")).isEqualTo(TlsMode.VERIFY_CA);
        assertThatThrownBy(() -> TlsMode.parse("on")).hasMessageContaining("verify-full");
    }
}
