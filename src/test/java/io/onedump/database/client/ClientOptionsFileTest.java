package io.onedump.database.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.onedump.database.ProductVersion;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionsFileTest {

    @TempDir
    private Path folder;

    @Test
    void namesAddressAndAccount() {
        assertThat(ClientOptionsFile.text(MySqlSettings.of("db", 3307, "backup", "secret"), mariadb("10.11.19"), null))
                .startsWith("""
                        [client]
                        protocol="tcp"
                        host="db"
                        port="3307"
                        user="backup"
                        password="secret"
                        """);
    }

    @Test
    void namesASocketInPlaceOfAnAddress() {
        assertThat(ClientOptionsFile.text(MySqlSettings.ofSocket(Path.of("/run/mysqld.sock"), "u", null),
                mariadb("11.8.9"), null)).isEqualTo("""
                        [client]
                        protocol="socket"
                        socket="/run/mysqld.sock"
                        user="u"
                        password=""
                        """);
    }

    /** The two families and the versions of one family do not mean the same with the same words. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "MariaDB 10.5.1 | DISABLED | - | ssl=0 ssl-verify-server-cert=0",
            "MariaDB 10.11.19 | PREFERRED | - | ssl=1 ssl-verify-server-cert=0",
            "MariaDB 11.8.9 | PREFERRED | - | ssl=1 ssl-verify-server-cert=0",
            "MariaDB 10.11.19 | REQUIRED | - | ssl=1 ssl-verify-server-cert=0",
            "MariaDB 11.4.0 | REQUIRED | - | ssl=1 ssl-verify-server-cert=0",
            "MariaDB 10.11.19 | VERIFY_CA | /ca | ssl=1 ssl-verify-server-cert=0 ssl-ca=/ca",
            "MariaDB 10.11.19 | VERIFY_CA | - | ssl=1 ssl-verify-server-cert=1",
            "MariaDB 11.4.0 | VERIFY_CA | /ca | ssl=1 ssl-verify-server-cert=1 ssl-ca=/ca",
            "MariaDB 10.11.19 | VERIFY_FULL | /ca | ssl=1 ssl-verify-server-cert=1 ssl-ca=/ca",
            "MySQL 5.7.22 | DISABLED | - | ssl-mode=DISABLED", "MySQL 8.0.33 | PREFERRED | - | ssl-mode=PREFERRED",
            "MySQL 9.7.4 | REQUIRED | - | ssl-mode=REQUIRED",
            "MySQL 8.0.33 | VERIFY_CA | /ca | ssl-mode=VERIFY_CA ssl-ca=/ca",
            "MySQL 8.0.33 | VERIFY_FULL | /ca | ssl-mode=VERIFY_IDENTITY ssl-ca=/ca"})
    void tellsEveryClientOfTlsInItsOwnWords(String client, TlsMode mode, String authority, String words) {
        MySqlSettings settings = MySqlSettings.of("db", 3306, "u", "p").withTls(mode,
                authority == null ? null : Path.of(authority));

        String text = ClientOptionsFile.text(settings, client(client), null);

        assertThat(text.lines().filter(line -> line.startsWith("ssl")).toList().toString().replace("\"", ""))
                .isEqualTo("[" + words.replace(" ", ", ") + "]");
    }

    @Test
    void letsMySqlsClientAskForAKeyOnlyWhenThatIsAllowed() {
        MySqlSettings settings = MySqlSettings.of("db", 3306, "u", "p");

        assertThat(ClientOptionsFile.text(settings, client("MySQL 8.0.33"), null)).doesNotContain("public-key");
        assertThat(ClientOptionsFile.text(settings.withPublicKeyRetrieval(true), client("MySQL 8.0.33"), null))
                .contains("get-server-public-key=\"1\"");
    }

    /** Read back by the library that the tools read it with. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "a\"b", "a'b", "\"a\"", "'a'", "a\\b", "\\", "\\\\n\\t", "ends\\", "a # b", "#",
            ";", "  a  b  ",
            "\t", "a=b", "[client]", "!include x", "&+%#@:/?", "päß 🐉", "$(id)`id`"})
    void isReadAsItWasMeant(String password) throws Exception {
        Path file = folder.resolve("client.cnf");
        ClientOptionsFile.write(file, MySqlSettings.of("db", 3306, "backup", password), mariadb("10.11.19"), null);
        Path printed = folder.resolve("printed");

        int exitCode = new ProcessBuilder("my_print_defaults", "--defaults-file=" + file, "client")
                .redirectOutput(printed.toFile()).start().waitFor();

        assertThat(exitCode).isZero();
        assertThat(Files.readAllLines(printed)).contains("--user=backup", "--password=" + password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb"})
    void refusesALineBreakWithoutQuotingIt(String password) {
        assertThatThrownBy(() -> ClientOptionsFile.text(MySqlSettings.of("db", 3306, "backup", password),
                mariadb("10.11.19"), null)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("password must not hold a line break").hasMessageNotContaining(password);
    }

    @Test
    void isForThisUserOnlyAndNeverWrittenWhereSomethingIs() throws IOException {
        Path file = folder.resolve("client.cnf");
        MySqlSettings settings = MySqlSettings.of("db", 3306, "backup", "secret");

        try (ClientOptionsFile options = ClientOptionsFile.write(file, settings, mariadb("10.11.19"), null)) {
            assertThat(options.argument()).isEqualTo("--defaults-file=" + file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThatThrownBy(() -> ClientOptionsFile.write(file, settings, mariadb("10.11.19"), null))
                    .isInstanceOf(IOException.class).hasMessageContaining("exists already");
        }
        assertThat(file).doesNotExist();
    }

    private static ClientProgram mariadb(String version) {
        return client("MariaDB " + version);
    }

    private static ClientProgram client(String text) {
        return new ClientProgram("client", Flavour.ofVersion(text), ProductVersion.find(text).orElseThrow());
    }
}
