package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tests rely on in the database servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlServersIT {

    private MariaDb mariaDb;
    private MySql mySql;
    private Postgres postgres;

    @BeforeAll
    void start() {
        mariaDb = MariaDb.start();
        mySql = MySql.start();
        postgres = Postgres.start();
    }

    @AfterAll
    void stop() {
        mariaDb.close();
        mySql.close();
        postgres.close();
    }

    List<SqlServer> servers() {
        return List.of(mariaDb, mySql, postgres);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void restoresAScript(SqlServer server) throws SQLException {
        server.execute("CREATE DATABASE restored");
        server.restore(script("CREATE TABLE t (a int); INSERT INTO t VALUES (42);"), "restored");
        assertThat(query(server.connect("restored"), "SELECT a FROM t")).isEqualTo("42");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void failsWithTheClientsMessageWhenAScriptIsWrong(SqlServer server) {
        assertThatThrownBy(() -> server.restore(script("SELECT * FROM nowhere;"), ""))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("nowhere");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void asksUsersForTheirPassword(SqlServer server) throws SQLException {
        server.createUser("reader", "right password");
        assertThat(query(server.connect("", "reader", "right password"), "SELECT 1")).isEqualTo("1");
        assertThatThrownBy(() -> server.connect("", "reader", "wrong password")).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void keepsCommittedRowsOverACrash(SqlServer server) throws SQLException {
        server.execute("CREATE DATABASE durable");
        server.executeIn("durable", "CREATE TABLE t (a int)", "INSERT INTO t VALUES (7)");
        server.kill();
        server.restart();
        assertThat(query(server.connect("durable"), "SELECT a FROM t")).isEqualTo("7");
    }

    @Test
    void takesMoreOptions() throws SQLException {
        try (MariaDb server = MariaDb.start("--skip-log-bin", "--max-connections=17")) {
            assertThat(query(server.connect(""), "SELECT @@log_bin")).isEqualTo("0");
            assertThat(query(server.connect(""), "SELECT @@max_connections")).isEqualTo("17");
        }
    }

    @Test
    void writesABinaryLogOfRows() throws SQLException {
        assertThat(query(mariaDb.connect(""), "SELECT @@binlog_format")).isEqualTo("ROW");
        assertThat(query(mySql.connect(""), "SELECT @@binlog_format")).isEqualTo("ROW");
        assertThat(Files.exists(mariaDb.dataDir().resolve("binlog.000001"))).isTrue();
        assertThat(Files.exists(mySql.dataDir().resolve("binlog.000001"))).isTrue();
    }

    @Test
    void givesTheEndOfTheLogWhenAServerDoesNotStart() {
        assertThatThrownBy(() -> MariaDb.start("--no-such-option"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("while starting").hasMessageContaining("no-such-option");
    }

    private static ByteArrayInputStream script(String sql) {
        return new ByteArrayInputStream(sql.getBytes(StandardCharsets.UTF_8));
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (connection; ResultSet rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
