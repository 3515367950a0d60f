package io.onedump.restore.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.database.Dsn;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of tools, loaded by the family's own client. */
class ToolRestoreIT {

    private static final String HEAD = "-- MySQL dump 10.13  Distrib 8.0.36\n\nCREATE TABLE notes (text LONGTEXT);\n";

    @TempDir
    private Path folder;

    @Test
    void namesTheLongestStatementThatMariaDbTakes() throws Exception {
        try (MariaDb target = MariaDb.start()) {
            saysWhatTheTargetTakes(target);
        }
    }

    @Test
    void namesTheLongestStatementThatMySqlTakes() throws Exception {
        try (MySql target = MySql.start()) {
            saysWhatTheTargetTakes(target);
        }
    }

    private void saysWhatTheTargetTakes(SqlServer target) throws Exception {
        target.execute("CREATE DATABASE shop", "SET GLOBAL max_allowed_packet = 1048576");
        String dump = HEAD + "INSERT INTO notes VALUES ('" + "x".repeat(2_000_000) + "');\nINSERT INTO notes VALUES ('"
                + "y".repeat(100) + "');\n";
        assertThatThrownBy(() -> restore(target, dump)).isInstanceOf(RestoreException.class)
                .hasMessageNotContaining("xxxxxxxx")
                .hasMessageContaining("ERROR ")
                .hasMessageContaining("takes statements of at most 1048576 bytes, and the dump has one of 2000030:"
                        + " SET GLOBAL max_allowed_packet = 1073741824 there");
        target.execute("SET GLOBAL max_allowed_packet = 1073741824", "DROP TABLE shop.notes");
        assertThat(restore(target, dump).inWords()).isEqualTo("as a whole, not compared");
    }

    @Test
    void doesNotBlameTheLengthOfStatementsForOtherFailures() {
        try (MariaDb target = MariaDb.start()) {
            target.execute("CREATE DATABASE shop");
            assertThatThrownBy(() -> restore(target, HEAD + "KILL CONNECTION_ID();\nSELECT 1;\n"))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageNotContaining("max_allowed_packet");
        }
    }

    private RestoreResult restore(SqlServer target, String dump) throws Exception {
        Path file = Files.writeString(folder.resolve("shop.sql"), dump);
        Dsn dsn = Dsn.parse("mysql://" + target.user() + "@" + target.host() + ":" + target.port() + "/shop");
        return new ToolRestore("shop.sql", ToolDump.MYSQL, RestoreChoice.everything(), dsn, null, null, folder)
                .run(file);
    }
}
