package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlOptionsFileTest {

    private static final MySqlTool MARIADB = new MySqlTool("mariadb-dump", true, new Version(10, 11, 19));

    @TempDir
    private Path folder;

    @Test
    void namesAddressAndAccount() {
        assertThat(MySqlOptionsFile.content(Dsn.parse("mysql://backup:secret@db:3307/shop"), MARIADB)).isEqualTo("""
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
        assertThat(MySqlOptionsFile.content(Dsn.parse("unix(/run/mysqld.sock)/shop"), MARIADB)).isEqualTo("""
                [client]
                socket="/run/mysqld.sock"
                """);
    }

    @Test
    void saysWhatTheDsnSaysOfEncryption() {
        assertThat(MySqlOptionsFile.content(Dsn.parse("mysql://db/?ssl-mode=disabled"), MARIADB))
                .contains("ssl=\"0\"\n");
    }

    /** Read back by the library that the tools read it with. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "a\"b", "a'b", "\"a\"", "'a'", "a\\b", "\\", "\\\\n\\t", "ends\\", "a # b", "#",
            ";", "  a  b  ",
            "\t", "a=b", "[client]", "!include x", "&+%#@:/?", "päß 🐉", "$(id)`id`"})
    void isReadAsItWasMeant(String password) throws Exception {
        Dsn dsn = new Dsn(Dsn.Family.MYSQL, "db", 3306, null, "backup", password, null, Map.of());
        Path file = Files.writeString(folder.resolve("client.cnf"), MySqlOptionsFile.content(dsn, MARIADB));
        Path printed = folder.resolve("printed");

        int exitCode = new ProcessBuilder("my_print_defaults", "--defaults-file=" + file, "client")
                .redirectOutput(printed.toFile()).start().waitFor();

        assertThat(exitCode).isZero();
        assertThat(Files.readAllLines(printed)).endsWith("--user=backup", "--password=" + password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb"})
    void refusesALineBreakWithoutQuotingIt(String password) {
        Dsn dsn = new Dsn(Dsn.Family.MYSQL, "db", 3306, null, "backup", password, null, Map.of());

        assertThatThrownBy(() -> MySqlOptionsFile.content(dsn, MARIADB)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("password must not hold a line break").hasMessageNotContaining(password);
    }
}
