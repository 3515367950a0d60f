package io.onedump.database.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.onedump.database.mysql.Flavour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB's mysqlbinlog gives no more than a version of its own; only the copyright in its help says whose it is. */
class ClientProgramsTest {

    private static final List<String> NAMES = List.of("mysqlbinlog");

    @TempDir
    Path folder;

    @Test
    void takesTheToolOfTheFamily() throws IOException {
        String oracle = tool("Copyright (c) 2000, 2023, Oracle and/or its affiliates.");
        String mariadb = tool("Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.");

        assertThat(ClientPrograms.find(oracle, NAMES, Flavour.MYSQL).executable()).isEqualTo(oracle);
        assertThat(ClientPrograms.find(mariadb, NAMES, Flavour.MARIADB).executable()).isEqualTo(mariadb);
    }

    @Test
    void refusesTheToolOfTheOtherFamilyWhateverItsName() throws IOException {
        String oracle = tool("Copyright (c) 2000, 2023, Oracle and/or its affiliates.");
        String mariadb = tool("Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.");

        assertThatThrownBy(() -> ClientPrograms.find(mariadb, NAMES, Flavour.MYSQL))
                .hasMessageContaining("MySQL's mysqlbinlog is needed").hasMessageContaining(mariadb);
        assertThatThrownBy(() -> ClientPrograms.find(oracle, NAMES, Flavour.MARIADB))
                .hasMessageContaining("MariaDB's mysqlbinlog is needed");
    }

    @Test
    void saysThatAProgramCannotBeRun() {
        assertThatThrownBy(() -> ClientPrograms.find(folder.resolve("none").toString(), NAMES, Flavour.MYSQL))
                .isInstanceOf(IOException.class).hasMessageContaining("cannot start " + folder.resolve("none"));
    }

    @Test
    void knowsTheInstalledPrograms() throws IOException {
        assertThat(ClientPrograms.findAny(null, List.of("mariadb")).mariaDb()).isTrue();
        assertThat(ClientPrograms.find(null, List.of("mariadb-binlog"), Flavour.MARIADB).executable())
                .endsWith("mariadb-binlog");
        assertThat(ClientPrograms.find(null, List.of("no-such-program"))).isEmpty();
    }

    private String tool(String copyright) throws IOException {
        Path program = Files.createTempFile(folder, "tool", "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, "#!/bin/sh\necho 'mysqlbinlog  Ver 3.5 for Linux'\n"
                + "[ \"$1\" = --version ] || echo '" + copyright + "'\n");
        return program.toString();
    }
}
