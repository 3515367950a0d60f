package io.onedump.database.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.database.ProductVersion;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which client gets the password, where a false server could ask it for more than it asked us. */
class ClientLogInTest {

    private static final String NATIVE = "mysql_native_password";
    private static final MySqlSettings REMOTE = MySqlSettings.of("db.example.com", 3306, "u", "s3cret");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, "caching_sha2_password", "sha256_password"})
    void keepsThePasswordFromMySqlsClientsWhereNothingProvesTheServer(String method) {
        for (TlsMode mode : new TlsMode[] {TlsMode.DISABLED, TlsMode.PREFERRED, TlsMode.REQUIRED}) {
            assertThatThrownBy(() -> prepare(REMOTE.withTls(mode, null), Flavour.MYSQL, method))
                    .hasMessageContaining("nothing proves that db.example.com:3306").hasMessageContaining("VERIFY_CA")
                    .hasMessageContaining("allowPublicKeyRetrieval").hasMessageNotContaining("s3cret");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"caching_sha2_password", "sha256_password"})
    void keepsAPasswordThatMariaDbsClientsWouldTell(String method) {
        assertThatThrownBy(() -> prepare(REMOTE, Flavour.MARIADB, method)).hasMessageContaining("nothing proves");
        assertThatThrownBy(() -> prepare(REMOTE.withTls(TlsMode.REQUIRED, null), Flavour.MARIADB, method))
                .hasMessageContaining("nothing proves");
    }

    @Test
    void isMadeWhereNothingCanBeToldOrTheServerIsProved() throws IOException {
        prepare(REMOTE, Flavour.MARIADB, NATIVE).close();
        for (String method : new String[] {NATIVE, "caching_sha2_password"}) {
            prepare(REMOTE.withTls(TlsMode.VERIFY_CA, Path.of("/ca.pem")), Flavour.MYSQL, method).close();
            prepare(REMOTE.withPublicKeyRetrieval(true), Flavour.MYSQL, method).close();
            prepare(MySqlSettings.of("127.0.0.1", 3306, "u", "s3cret"), Flavour.MYSQL, method).close();
            prepare(MySqlSettings.ofSocket(Path.of("/run/mysqld.sock"), "u", "s3cret"), Flavour.MYSQL, method).close();
            prepare(MySqlSettings.of("db.example.com", 3306, "u", ""), Flavour.MYSQL, method).close();
        }
    }

    /** The client would look for the plug-in itself, and find those too that tell the password. */
    @Test
    void leavesMariaDbsClientsNoPlugInButTheAccountsOwn() throws IOException {
        try (ClientLogIn logIn = prepare(REMOTE, Flavour.MARIADB, "no_such_method")) {
            assertThat(Files.readString(folder.resolve("client.cnf"))).contains("plugin-dir=\"" + folder.resolve(
                    "plugins"));
            assertThat(folder.resolve("plugins")).isEmptyDirectory();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void handsTheServersKeyToMySqlsProgramsAlone() throws IOException {
        MySqlSettings keyed = REMOTE.withTls(TlsMode.DISABLED, null).withServerKey(Path.of("/k.pem"));
        for (String method : new String[] {NATIVE, "caching_sha2_password", "sha256_password"}) {
            try (ClientLogIn logIn = prepare(keyed, Flavour.MYSQL, method)) {
                assertThat(Files.readString(folder.resolve("client.cnf")))
                        .contains("server-public-key-path=\"/k.pem\"", "ssl-mode=\"DISABLED\"");
            }
            assertThatThrownBy(() -> prepare(keyed.withTls(TlsMode.PREFERRED, null), Flavour.MYSQL, method))
                    .hasMessageContaining("nothing proves").hasMessageContaining("or ssl-mode=DISABLED, since");
            assertThatThrownBy(() -> prepare(keyed, Flavour.MYSQL, "8.0.3", method))
                    .hasMessageContaining("takes no server-public-key-path").hasMessageContaining("8.0.4");
        }
        assertThatThrownBy(() -> prepare(keyed, Flavour.MARIADB, "caching_sha2_password"))
                .hasMessageContaining("MySQL's own program, which takes server-public-key-path");
        try (ClientLogIn logIn = prepare(keyed, Flavour.MARIADB, NATIVE)) {
            assertThat(Files.readString(folder.resolve("client.cnf"))).contains("plugin-dir=")
                    .doesNotContain("server-public-key");
        }
    }

    private ClientLogIn prepare(MySqlSettings server, Flavour client, String method) throws IOException {
        return prepare(server, client, client == Flavour.MYSQL ? "8.0.33" : "10.11.19", method);
    }

    private ClientLogIn prepare(MySqlSettings server, Flavour client, String version, String method)
            throws IOException {
        return ClientLogIn.prepare(folder.resolve("client.cnf"), folder.resolve("plugins"), server,
                new ClientProgram("/usr/bin/env", client, ProductVersion.find(version).orElseThrow()), method);
    }
}
