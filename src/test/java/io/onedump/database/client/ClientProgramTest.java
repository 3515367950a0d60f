package io.onedump.database.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.servers.StubDumper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientProgramTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "mysqldump  Ver 10.13 Distrib 5.7.22, for linux-glibc2.12 (x86_64) | false | 5.7.22",
            "mysqldump  Ver 8.0.33 for Linux on x86_64 (MySQL Community Server - GPL) | false | 8.0.33",
            "mysqldump  Ver 8.0.33-25 for Linux on x86_64 "
                    + "(Percona Server (GPL), Release 25, Revision 60c9e2c5) | false | 8.0.33",
            "mysqldump  Ver 9.7.4-2 for debian-linux-gnu on x86_64 ((Debian)) | false | 9.7.4",
            "mysqldump  Ver 10.19 Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64) | true | 10.11.19",
            "mariadb-dump from 11.8.9-MariaDB, client 10.19 for debian-linux-gnu (x86_64) | true | 11.8.9",
            "/usr/bin/mysqldump: Deprecated program name. Use '/usr/bin/mariadb-dump' instead mysqldump from"
                    + " 11.8.9-MariaDB,"
                    + " client 10.19 for debian-linux-gnu (x86_64) | true | 11.8.9"})
    void readsWhatItSaysOfItself(String text, boolean mariaDb, String version) throws IOException {
        ClientProgram tool = ClientProgram.parse("mysqldump", text);

        assertThat(tool.mariaDb()).isEqualTo(mariaDb);
        assertThat(tool.version()).hasToString(version);
    }

    @Test
    void refusesWhatIsNoDumper() {
        assertThatThrownBy(() -> ClientProgram.parse("/bin/true", "true (GNU coreutils)"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/bin/true");
    }

    @Test
    void asksEachExecutableOnce() throws Exception {
        StubDumper dumper = StubDumper.in(folder).prints("mysqldump  Ver 8.0.33 for Linux on x86_64\n");

        assertThat(ClientProgram.ask(dumper.path().toString())).isEqualTo(ClientProgram.ask(dumper.path().toString()));

        assertThat(dumper.pids()).hasSize(1);
        assertThat(dumper.arguments()).containsExactly("--version");
    }

    @Test
    void saysWhenAnExecutableCannotBeStarted() throws Exception {
        Path file = Files.createFile(folder.resolve("mysqldump"));

        assertThatThrownBy(() -> ClientProgram.ask(file.toString())).isInstanceOf(IOException.class)
                .hasMessageContaining("cannot start " + file);
    }
}
