package io.onedump.restore.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;

import io.onedump.restore.choice.RestoreChoice;
import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

class NativeRestoreMariaDbIT extends NativeRestoreContract {

    @Override
    SqlServer start() {
        return MariaDb.start();
    }

    @Override
    boolean isMySql() {
        return false;
    }

    /** The word is known in one mode only, also to whoever removes one. */
    @Test
    void packagesComeBackAlsoInPlaceOfOthers() throws Exception {
        original.execute("DROP DATABASE IF EXISTS rescue", "CREATE DATABASE rescue");
        original.executeIn("rescue", "CREATE TABLE t (id int PRIMARY KEY)", "SET sql_mode = ORACLE",
                "CREATE PACKAGE pk AS FUNCTION f RETURN INT; PROCEDURE p; END",
                "CREATE PACKAGE BODY pk AS FUNCTION f RETURN INT AS BEGIN RETURN 42; END; PROCEDURE p AS BEGIN SELECT"
                        + " f(); END; END");
        Path dump = dumped("rescue");
        try {
            restore(dump, RestoreChoice.everything(), "rescue").run(true);
            restore(dump, new RestoreChoice(List.of(), List.of(), true, true, null, null, true),
                    "rescue").run(true);
            try (Connection connection = target.connect("rescue");
                    ResultSet answer = connection.createStatement()
                            .executeQuery("SELECT rescue.pk.f()")) {
                answer.next();
                assertThat(answer.getInt(1)).isEqualTo(42);
            }
        } finally {
            original.execute("DROP DATABASE rescue");
        }
    }
}
