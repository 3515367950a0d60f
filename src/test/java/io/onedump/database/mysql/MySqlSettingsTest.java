package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Base64;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void saysThatAKeyIsNoCertificateOfAnAuthority(@TempDir Path folder) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        Path pem = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n");

        assertThat(MySqlSettings.of("db", 3306, "u", "p").withTls(TlsMode.VERIFY_CA, pem).authorityProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains(pem.toString(), "holds no certificate",
                        "ssl-ca"));
        assertThat(MySqlSettings.of("db", 3306, "u", "p").authorityProblem()).isEmpty();
    }

    @Test
    void saysWhatToDoAboutACertificateThatIsRefused() {
        MySqlSettings settings = MySqlSettings.of("db", 3306, "u", "p").withTls(TlsMode.VERIFY_CA, null);

        assertThat(TlsSockets.refusal(settings, new SSLHandshakeException("PKIX path building failed") {
            @Override
            public synchronized Throwable getCause() {
                return new CertificateException("PKIX", new CertPathBuilderException("unable"));
            }
        })).hasValueSatisfying(problem -> assertThat(problem).contains("ssl-ca").doesNotContain("PKIX"));
        assertThat(TlsSockets.refusal(settings, new IOException(
                new CertificateException("No subject alternative names present"))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("not made out to db", "VERIFY_CA"));
        assertThat(TlsSockets.refusal(settings, new IOException("reset"))).isEmpty();
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

    @ParameterizedTest
    @EnumSource(value = TlsMode.class, names = {"DISABLED", "PREFERRED", "REQUIRED"})
    void tellAPasswordToNobodyWhomNothingProves(TlsMode mode) {
        MySqlSettings settings = MySqlSettings.of("db", 3306, "u", "p").withTls(mode, null);

        assertThat(settings.mayTell(true, false)).isFalse();
        assertThat(settings.mayTell(false, false)).isFalse();
        assertThat(settings.mayTell(false, true)).as("anybody may listen on this machine").isFalse();
        assertThat(settings.mayTell(true, true)).as("who answers on this machine is known").isTrue();
        assertThat(settings.withPublicKeyRetrieval(true).mayTell(false, false)).isTrue();
        assertThat(settings.isUnproved()).isTrue();
    }

    @Test
    void tellAPasswordToAServerThatIsProved() {
        MySqlSettings settings = MySqlSettings.of("db", 3306, "u", "p").withTls(TlsMode.VERIFY_CA, null);

        assertThat(settings.mayTell(true, false)).isTrue();
        assertThat(settings.mayTell(false, false)).isFalse();
        assertThat(settings.isUnproved()).isFalse();
        assertThat(MySqlSettings.ofSocket(Path.of("/s"), "u", "p").mayTell(false, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
    void knowNamesOfThisMachine(String host) {
        assertThat(ThisMachine.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.example.com", "127.0.0.1.example.com", "128.0.0.1", "::2", "db", "1127.0.0.1"})
    void knowNamesOfOthers(String host) {
        assertThat(ThisMachine.is(host)).isFalse();
    }
}
