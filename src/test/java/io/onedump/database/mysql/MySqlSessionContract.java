package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
    void logsInThroughTheUnixSocket() throws IOException {
        server.createUser("local", "local secret", "REPLICATION CLIENT ON *.*");
        Path socket = server.dataDir().resolveSibling("socket");

        try (MySqlSession session = MySqlSession.connect(MySqlSettings.ofSocket(socket, "local", "local secret"))) {
            assertThat(session.query("SELECT REPEAT('x', 5000000)").get(0).get(0)).hasSize(5_000_000);
            assertThat(session.encrypted()).isFalse();
            session.readTimeout(Duration.ofMillis(100));
            assertThatThrownBy(() -> session.query("SELECT SLEEP(60)")).isInstanceOf(SocketTimeoutException.class);
        }
        assertThatThrownBy(() -> MySqlSession.connect(MySqlSettings.ofSocket(socket, "local", "wrong")))
                .isInstanceOfSatisfying(MySqlException.class, e -> assertThat(e.code()).isEqualTo(1045));
        assertThatThrownBy(() -> MySqlSession.connect(
                MySqlSettings.ofSocket(socket.resolveSibling("nowhere"), "local", "local secret")))
                .isInstanceOf(IOException.class).hasMessageContaining("nowhere");
    }

    /** As a thread that follows a binary log is ended. */
    @Test
    void endsAWaitingReadWhenItIsClosed() throws Exception {
        Path socket = server.dataDir().resolveSibling("socket");
        for (MySqlSettings settings : List.of(settings("root", ""), MySqlSettings.ofSocket(socket, "root", ""))) {
            MySqlSession session = MySqlSession.connect(settings.withReadTimeout(Duration.ZERO));
            CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> session.query("SELECT SLEEP(60)")));
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);

            session.close();

            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
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
