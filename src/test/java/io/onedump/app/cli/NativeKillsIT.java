package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.onedump.dump.format.ByteRanges;
import io.onedump.dump.format.DumpFile;
import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native dumps and their restores, killed at random moments; the seed makes a failure repeatable. {@code mvn verify
 * -Pchaos} does all of it, the ordinary run a share.
 */
@Timeout(1800)
class NativeKillsIT {

    private static final Logger LOG = LoggerFactory.getLogger(NativeKillsIT.class);
    private static final int KILLS = Integer.getInteger("onedump.test.dumpKills", 5);
    private static final long SEED = Long.getLong("onedump.test.seed", 20261130);
    private static final long ROWS = 90_003;

    private static MariaDb server;
    private static MariaDb target;

    private final Random random = new Random(SEED);
    private Workspace workspace;

    @BeforeAll
    static void start() {
        server = MariaDb.start();
        target = MariaDb.start();
        server.execute("CREATE DATABASE shop");
        server.executeIn("shop",
                "CREATE TABLE orders (id int PRIMARY KEY, code varchar(40), note text, KEY code (code),"
                        + " UNIQUE KEY both_ways (code, id), KEY notes (note(20)))",
                "INSERT INTO orders SELECT seq, MD5(seq), REPEAT(MD5(-seq), 12) FROM seq_1_to_60000",
                "CREATE TABLE order_lines (id int PRIMARY KEY, order_id int, KEY of_order (order_id),"
                        + " CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES orders (id))",
                "INSERT INTO order_lines SELECT seq, seq FROM seq_1_to_30000",
                "CREATE TABLE loose (a int) ENGINE=MyISAM", "INSERT INTO loose VALUES (1), (2), (3)",
                "CREATE VIEW codes AS SELECT code FROM orders",
                "CREATE TRIGGER stamp BEFORE INSERT ON order_lines FOR EACH ROW SET"
                        + " NEW.order_id = IFNULL(NEW.order_id, 1)",
                "CREATE FUNCTION answer() RETURNS INT DETERMINISTIC RETURN 42",
                "CREATE EVENT hourly ON SCHEDULE EVERY 1 HOUR DISABLE DO DELETE FROM loose",
                "CREATE SEQUENCE numbers");
    }

    @AfterAll
    static void stop() {
        server.close();
        target.close();
    }

    @BeforeEach
    void job(@TempDir Path folder) {
        workspace = Workspace.in(folder);
        workspace.job(JobFile.named("shop").then(to("dump", "dumper", "mysql-native", "dsn", "mysql://root@127.0.0.1:"
                + server.port() + "/shop", "parallel", "2")).then(to("checksum", "algorithm", "sha256"))
                .then(workspace.keep()));
        target.execute("DROP DATABASE IF EXISTS shop");
    }

    private Outcome dump() {
        Outcome outcome = workspace.onedump("dump", "--job", "shop").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        return outcome;
    }

    private Invocation restore(String... more) {
        return workspace.onedump("restore", "--job", "shop", "--target-dsn", "mysql://root@127.0.0.1:" + target.port()
                + "/shop", "--parallel", "3").with(more);
    }

    /** Kills a command at some moment; later ones come as often as early ones. */
    private boolean isKilled(Invocation command, double seconds) {
        try (RunningCommand running = command.start()) {
            long millis = (long) (random.nextDouble() * seconds * 1000);
            long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
            while (running.isAlive() && System.nanoTime() < end) {
                Thread.onSpinWait();
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            boolean killed = running.isAlive();
            running.signal("KILL");
            return killed;
        }
    }

    @Test
    void aDumpThatIsKilledLeavesNothingThatLooksLikeOne() throws Exception {
        double seconds = dump().seconds();
        int killed = 0;
        int begun = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            killed += isKilled(workspace.onedump("dump", "--job", "shop"), seconds * 1.1) ? 1 : 0;
            begun += workspace.spooled().isEmpty() ? 0 : 1;
            for (Path dump : kept()) {
                assertIsWhole(dump);
            }
        }
        dump();
        LOG.info("{} dumps killed of {}, {} of them while they were writing; {} are kept and whole", killed, KILLS,
                begun, kept().size());
        assertThat(workspace.spooled()).as("left in the work folder").isEmpty();
        for (Path dump : kept()) {
            assertIsWhole(dump);
        }
    }

    private List<Path> kept() throws Exception {
        try (Stream<Path> files = Files.list(workspace.kept())) {
            return files.filter(file -> file.toString().endsWith(".sql.zst")).toList();
        }
    }

    private static void assertIsWhole(Path dump) throws Exception {
        assertThat(DumpFile.open(ByteRanges.of(dump)).index().rows()).isEqualTo(ROWS);
        assertThat(new ProcessBuilder("zstd", "-tq", dump.toString()).start().waitFor()).isZero();
    }

    @Test
    void aRestoreThatIsKilledGoesOnToAnEqualResult() throws Exception {
        dump();
        Outcome whole = restore().run();
        assertThat(whole.exitCode()).as(whole.everything()).isZero();
        target.execute("DROP DATABASE shop");
        int killed = 0;
        int ended = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            killed += isKilled(restore(), whole.seconds() * 1.1) ? 1 : 0;
            // Some are killed again before one comes to its end.
            if (kill % 3 == 0 || kill == KILLS) {
                Outcome outcome = restore().run();
                if (outcome.exitCode() != 0) {
                    // It had come to its end before it was killed.
                    assertThat(outcome.errors()).contains("there is already shop.");
                    outcome = restore("--compare-only").run();
                }
                assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
                assertThat(outcome.output()).contains("all equal");
                assertThat(contents(target)).isEqualTo(contents(server));
                target.execute("DROP DATABASE shop");
                ended++;
            }
        }
        LOG.info("{} restores killed of {}; {} went on to an equal result", killed, KILLS, ended);
    }

    private static List<String> contents(SqlServer of) throws SQLException {
        List<String> contents = new ArrayList<>(of.snapshot("shop").lines());
        try (Connection connection = of.connect("shop"); var statement = connection.createStatement();
                var rows = statement.executeQuery("CHECKSUM TABLE orders, order_lines, loose")) {
            while (rows.next()) {
                contents.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return contents;
    }
}
