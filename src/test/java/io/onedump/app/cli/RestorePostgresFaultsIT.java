package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

import io.onedump.job.ExitCode;
import io.onedump.servers.MariaDb;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores of PostgreSQL by the packaged command whose connections are cut, or that are asked for what cannot be. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestorePostgresFaultsIT {

    private static final String SUMS = "SELECT string_agg(s, ' ') FROM (SELECT count(*) || '/' ||"
            + " sum(hashtextextended(t::text, 0)::numeric) s FROM orders t UNION ALL SELECT count(*) || '/' ||"
            + " sum(hashtextextended(t::text, 0)::numeric) FROM lines t UNION ALL SELECT md5(lo_get(77))) x";

    @TempDir
    private Path folder;
    private Postgres server;
    private Postgres target;
    private TcpProxy proxy;
    private Workspace workspace;
    private Path artifact;

    @BeforeAll
    void dump(@TempDir Path dumped) {
        server = Postgres.start();
        target = Postgres.start();
        server.execute("CREATE DATABASE shop");
        server.executeIn("shop", "CREATE TABLE orders (id int PRIMARY KEY, code text UNIQUE, note text)",
                "INSERT INTO orders SELECT i, md5(i::text), repeat(md5((-i)::text), 20) FROM generate_series(1, 60000)"
                        + " i",
                "CREATE INDEX ON orders (note, id)", "CREATE TABLE lines (id int, order_id int REFERENCES orders)",
                "INSERT INTO lines SELECT i, i FROM generate_series(1, 30000) i",
                "CREATE VIEW codes AS SELECT code FROM"
                        + " orders",
                "SELECT lo_from_bytea(77, decode(repeat('ab', 300000), 'hex'))");
        workspace = Workspace.in(dumped);
        workspace.job(JobFile.named("shop").then(to("dump", "dumper", "postgres-native", "dsn", dsn(server.port(),
                "shop"), "parallel", "2")).then(to("checksum", "algorithm", "sha256")).then(workspace.keep()));
        Outcome outcome = workspace.onedump("dump", "--job", "shop").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        artifact = workspace.kept().resolve(Workspace.artifacts(workspace.kept()).get(0));
    }

    @AfterAll
    void stop() {
        server.close();
        target.close();
    }

    @BeforeEach
    void clear() {
        proxy = TcpProxy.to(target.host(), target.port());
        target.execute("DROP DATABASE IF EXISTS again WITH (FORCE)", "CREATE DATABASE again");
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    private static String dsn(int port, String database) {
        return "postgres://postgres@127.0.0.1:" + port + "/" + database;
    }

    private Invocation restore(String... more) {
        return workspace.onedump("restore", "--job", "shop", "--target-dsn", dsn(proxy.port(), "again"), "--parallel",
                "3").with(more);
    }

    private Outcome restoreFile(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("other.sql.zst"), bytes);
        return Invocation.of(workspace.folder(), "restore", "--file", file.toString(), "--target-dsn",
                dsn(target.port(), "again")).run();
    }

    private static void assertFailed(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(ExitCode.PRODUCER.code());
        assertThat(outcome.errors()).doesNotContain("\tat ", "Exception");
    }

    private void assertThatItGoesOn() throws SQLException {
        Outcome whole = restore().run();
        assertThat(whole.exitCode()).as(whole.everything()).isZero();
        assertThat(whole.output()).contains("all equal");
        assertThat(text(target, "again", SUMS)).isEqualTo(text(server, "shop", SUMS));
        assertThat(target.snapshot("again").differencesFrom(server.snapshot("shop"))).isEmpty();
    }

    /** In the log-in, the plan, rows, near their end. */
    @ParameterizedTest
    @ValueSource(ints = {10, 2_000, 100_000, 10_000_000, 41_000_000})
    void aConnectionThatIsCutEndsItAndTheSameCommandGoesOn(int after) throws Exception {
        proxy.upload().cutAfter(after);
        Outcome cut = restore().run();
        assertFailed(cut);
        assertThat(cut.errors()).contains("127.0.0.1:" + proxy.port());

        proxy.upload().heal();
        assertThatItGoesOn();
    }

    @Test
    void aServerThatStartsAnewEndsItAndTheSameCommandGoesOn() throws Exception {
        proxy.upload().bandwidth(8 << 20);
        try (RunningCommand running = restore().start()) {
            await().ignoreExceptions().until(() -> text(target, "again", "SELECT count(*) FROM _onedump_restore")
                    .matches("[2-9]"));
            target.restart();
            assertFailed(running.await());
        }
        proxy.upload().heal();
        assertThat(text(target, "again", "SELECT count(*) > 0 FROM _onedump_restore")).isEqualTo("t");
        assertThatItGoesOn();
    }

    @Test
    void aDumpWhoseConnectionIsCutIsNotKept() throws Exception {
        try (TcpProxy cutting = TcpProxy.to(server.host(), server.port())) {
            Workspace other = Workspace.in(folder);
            other.job(JobFile.named("cut").then(to("dump", "dumper", "postgres-native", "dsn", dsn(cutting.port(),
                    "shop"))).then(to("checksum", "algorithm", "sha256")).then(other.keep()));
            other.property("retry.connect.attempts", "0");
            cutting.download().cutAfter(20_000_000);
            Outcome cut = other.onedump("dump", "--job", "cut").run();
            assertFailed(cut);
            assertThat(cut.everything()).contains("reading public.", "127.0.0.1:" + cutting.port());
            other.assertNothingLeft();
        }
    }

    @Test
    void whatIsNotInTheDumpIsToldWithTheNearestNames() throws Exception {
        Outcome none = restore("--table", "public.order").run();
        assertFailed(none);
        assertThat(none.errors()).contains("no table 'public.order'; it has public.orders");
        assertThat(text(target, "again", "SELECT count(*) FROM pg_class WHERE oid >= 16384")).isEqualTo("0");
    }

    @Test
    void aTargetOfTheOtherFamilyIsRefused() throws Exception {
        try (MariaDb other = MariaDb.start()) {
            Outcome outcome = workspace.onedump("restore", "--job", "shop", "--target-dsn", "mysql://root@127.0.0.1:"
                    + other.port() + "/again").run();
            assertFailed(outcome);
            assertThat(outcome.errors()).contains("the dump is of postgres");
            // What listens there does not speak the DSN's language.
            Outcome wrong = workspace.onedump("restore", "--job", "shop", "--target-dsn", dsn(other.port(), "again"))
                    .run();
            assertFailed(wrong);
            assertThat(wrong.errors()).contains("no PostgreSQL server");
        }
    }

    @Test
    void aDamagedArtifactChangesNothingButWhatIsWhole() throws Exception {
        byte[] bytes = Files.readAllBytes(artifact);
        Outcome cut = restoreFile(Arrays.copyOf(bytes, bytes.length - 1000));
        assertFailed(cut);
        assertThat(cut.errors()).contains("other.sql.zst", "cut off");
        assertThat(text(target, "again", "SELECT count(*) FROM pg_class WHERE oid >= 16384")).isEqualTo("0");

        byte[] flipped = bytes.clone();
        flipped[flipped.length / 2] ^= 4;
        Outcome damaged = restoreFile(flipped);
        assertFailed(damaged);
        assertThat(damaged.errors()).contains("frame ", "is damaged");

        // Its sidecar is held against it before anything is written.
        target.execute("DROP DATABASE again", "CREATE DATABASE again");
        Files.write(artifact, flipped);
        try {
            Outcome kept = restore().run();
            assertThat(kept.exitCode()).as(kept.everything()).isBetween(2, 3);
            assertThat(kept.errors()).doesNotContain("\tat ");
        } finally {
            Files.write(artifact, bytes);
        }
    }

    private static String text(Postgres of, String database, String sql) throws SQLException {
        try (Connection connection = of.connect(database); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
