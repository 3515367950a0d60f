package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a session does, on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MySqlSessionContract {

    private SqlServer server;

    abstract SqlServer startServer();

    abstract Flavour flavour();

    @BeforeAll
    void start() {
        server = startServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    SqlServer server() {
        return server;
    }

    MySqlSettings settings(String user, String password) {
        return MySqlSettings.of(server.host(), server.port(), user, password);
    }

    @Test
    void readsTextsNumbersAndNulls() throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings("root", ""))) {
            Row row = session.query("SELECT 1 AS a, NULL AS b, 'Größe 😀' AS c, REPEAT('x', 300) AS d, REPEAT('y',"
                    + " 70000) AS e").get(0);

            assertThat(row.get("A")).isEqualTo("1");
            assertThat(row.get("b")).isNull();
            assertThat(row.get("c")).isEqualTo("Größe 😀");
            assertThat(row.get("d")).hasSize(300);
            assertThat(row.get("e")).hasSize(70_000);
            assertThat(session.flavour()).isEqualTo(flavour());
        }
    }

    @Test
    void goesOnAfterAnError() throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings("root", ""))) {
            assertThatThrownBy(() -> session.query("SELEKT 1")).isInstanceOfSatisfying(MySqlException.class, e -> {
                assertThat(e.code()).isEqualTo(MySqlException.SYNTAX_ERROR);
                assertThat(e.sqlState()).isEqualTo("42000");
            });
            assertThat(session.query("DO 1")).isEmpty();
        }
    }

    @Test
    void saysThatTheAccountIsRefusedWithoutItsPassword() {
        server.createUser("somebody", "right", "REPLICATION CLIENT ON *.*");

        assertThatThrownBy(() -> MySqlSession.connect(settings("somebody", "very-secret")))
                .isInstanceOfSatisfying(MySqlException.class, e -> assertThat(e.code()).isEqualTo(1045))
                .hasMessageContaining("somebody").hasMessageNotContaining("very-secret");
        assertThatThrownBy(() -> MySqlSession.connect(settings("nobody", "very-secret")))
                .isInstanceOf(MySqlException.class).hasMessageContaining("nobody")
                .hasMessageNotContaining("very-secret");
    }

    @Test
    void saysWhichServerDoesNotAnswer() {
        assertThatThrownBy(() -> MySqlSession.connect(MySqlSettings.of("127.0.0.1", 1, "root", "")))
                .isInstanceOf(IOException.class).hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void knowsTheLatestPosition() throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings("root", ""))) {
            BinlogPosition before = BinlogPosition.latest(session).orElseThrow();
            session.query("FLUSH BINARY LOGS");
            BinlogPosition after = BinlogPosition.latest(session).orElseThrow();

            assertThat(before.file()).startsWith("binlog.");
            assertThat(after.file()).isGreaterThan(before.file());
        }
    }

    @Test
    void logsInWithCharactersBeyondAscii() throws IOException {
        server.createUser("früh", "pässwörd & +%#", "REPLICATION CLIENT ON *.*");

        try (MySqlSession session = MySqlSession.connect(settings("früh", "pässwörd & +%#"))) {
            assertThat(session.query("SELECT CURRENT_USER()").get(0).get(0)).isEqualTo("früh@%");
            assertThat(BinlogPosition.latest(session)).isPresent();
        }
    }
}
