package io.onedump.binlog.restore;

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

class BinlogToolTest {

    private static final List<String> NAMES = List.of("mysqlbinlog");

    @TempDir
    Path folder;

    @Test
    void takesTheToolOfTheFamilyThatWroteTheLog() throws IOException {
        Path oracle = tool("Copyright (c) 2000, 2023, Oracle and/or its affiliates.");
        Path mariadb = tool("Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.");

        assertThat(BinlogTool.find(oracle.toString(), NAMES, Flavour.MYSQL).program()).isEqualTo(oracle);
        assertThat(BinlogTool.find(mariadb.toString(), NAMES, Flavour.MARIADB).program()).isEqualTo(mariadb);
    }

    @Test
    void refusesTheToolOfTheOtherFamilyWhateverItsName() throws IOException {
        Path oracle = tool("Copyright (c) 2000, 2023, Oracle and/or its affiliates.");
        Path mariadb = tool("Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.");

        assertThatThrownBy(() -> BinlogTool.find(mariadb.toString(), NAMES, Flavour.MYSQL))
                .isInstanceOf(RestoreException.class).hasMessageContaining("these files need MySQL's mysqlbinlog");
        assertThatThrownBy(() -> BinlogTool.find(oracle.toString(), NAMES, Flavour.MARIADB))
                .isInstanceOf(RestoreException.class).hasMessageContaining("these files need MariaDB's");
    }

    @Test
    void saysThatAProgramCannotBeRun() {
        assertThatThrownBy(() -> BinlogTool.find(folder.resolve("none").toString(), NAMES, Flavour.MYSQL))
                .isInstanceOf(RestoreException.class).hasMessageContaining("cannot run");
    }

    private Path tool(String copyright) throws IOException {
        Path program = Files.createTempFile(folder, "tool", "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(program,
                "#!/bin/sh\necho 'mysqlbinlog  Ver 3.5 for Linux'\necho '" + copyright + "'\n");
    }
}
