package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.servers.Command;
import io.onedump.servers.Postgres;
import io.onedump.servers.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dump:postgres-native} of a server that follows another one. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStandbyIT {

    private Postgres primary;
    private Postgres standby;

    @TempDir
    private Path folder;
    private DumpRoute route;

    @BeforeAll
    void start() {
        primary = Postgres.start();
        standby = primary.standby("-c", "max_standby_streaming_delay=0");
        primary.execute("CREATE DATABASE shop");
        primary.executeIn("shop", "CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text)",
                "INSERT INTO orders (note) SELECT repeat(md5(n::text), 20) FROM generate_series(1, 20000) n",
                "CREATE UNLOGGED TABLE cache (id serial, no int GENERATED ALWAYS AS IDENTITY, t text)",
                "INSERT INTO cache (t) VALUES ('a'), ('b')", "SELECT lo_from_bytea(77, 'abc')");
    }

    @AfterAll
    void stop() {
        standby.close();
        primary.close();
    }

    @BeforeEach
    void make() throws IOException {
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
        awaitReplay();
    }

    private void awaitReplay() {
        await().until(() -> text(standby, "", "SELECT pg_last_wal_replay_lsn() >= '" + text(primary, "",
                "SELECT pg_current_wal_lsn()") + "'").equals("t"));
    }

    @AfterEach
    void leavesNothingInTheWorkFolder() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
    }

    @Test
    void unloggedTablesAreToldAndComeBackEmptyBesideTheOthers() throws Exception {
        route.run(dumper(standby.port()) + "&parallel=3", "storage:file:" + folder.resolve("stored"));

        assertThat(route.warnings()).anyMatch(warning -> warning.contains("a standby has nothing of unlogged tables")
                && warning.contains("public.cache"));
        Path dump = stored();
        assertThat(Files.readString(dump.resolveSibling(dump.getFileName() + ".checksum")))
                .containsPattern("# position: [0-9A-F]+/[0-9A-F]+\n");
        assertThat(DumpFile.open(ByteRanges.of(dump)).index().tables()).extracting(DumpIndex.Table::rows)
                .containsExactlyInAnyOrder(20_000L, 0L, 1L);
        Path sql = folder.resolve("shop.sql");
        Command.of("zstd", "-dq", dump.toString(), "-o", sql.toString()).run();
        primary.execute("CREATE DATABASE again");
        primary.restore(sql, "again");
        assertThat(text(primary, "again", "SELECT count(*) || ' ' || sum(hashtextextended(o::text, 0)::numeric) FROM"
                + " orders o")).isEqualTo(text(primary, "shop", "SELECT count(*) || ' ' ||"
                        + " sum(hashtextextended(o::text, 0)::numeric) FROM orders o"));
        assertThat(text(primary, "again", "SELECT relpersistence FROM pg_class WHERE relname = 'cache'"))
                .isEqualTo("u");
        assertThat(text(primary, "again", "INSERT INTO cache (t) VALUES ('x') RETURNING id || ' ' || no"))
                .isEqualTo("1 1");
        // A standby knows sequences some values ahead.
        assertThat(Integer.parseInt(text(primary, "again", "SELECT nextval('orders_id_seq')"))).isBetween(20001, 20033);
    }

    /** The primary's TRUNCATE is not held up by who reads a standby. */
    @Test
    void whatTheStandbyHasToReplayEndsTheDump() throws Exception {
        primary.executeIn("shop", "CREATE TABLE held AS SELECT * FROM orders");
        awaitReplay();
        try (TcpProxy proxy = TcpProxy.to(standby.host(), standby.port())) {
            proxy.download().bandwidth(2 << 20);
            Thread truncating = new Thread(() -> {
                await().until(() -> text(standby, "shop", "SELECT count(*) FROM pg_stat_activity WHERE query LIKE"
                        + " 'COPY %' AND state = 'active'").matches("[1-9]"));
                primary.executeIn("shop", "TRUNCATE held");
            });
            truncating.start();
            assertThatThrownBy(() -> route.run(dumper(proxy.port()) + "&parallel=2", "storage:file:"
                    + folder.resolve("none"))).hasMessageContaining("conflict with recovery")
                    .hasMessageContaining("hot_standby_feedback");
            truncating.join();
        }
        assertThat(folder.resolve("none").toFile().list()).isNullOrEmpty();
        primary.executeIn("shop", "DROP TABLE held");
    }

    private static String dumper(int port) {
        return "dump:postgres-native?username=postgres&dsn=postgres://127.0.0.1:" + port + "/shop";
    }

    private Path stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("stored"))) {
            return files.filter(file -> file.toString().endsWith(".sql.zst")).findFirst().orElseThrow();
        }
    }

    private static String text(Postgres server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
