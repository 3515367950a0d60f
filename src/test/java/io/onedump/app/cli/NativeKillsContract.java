package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.dump.format.DumpFile;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native dumps and their restores, killed at random moments; the seed makes a failure repeatable. {@code mvn verify
 * -Pchaos} does all of it, the ordinary run a share.
 */
@Timeout(1800)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NativeKillsContract {

    private static final Logger LOG = LoggerFactory.getLogger(NativeKillsContract.class);
    private static final int KILLS = Integer.getInteger("onedump.test.dumpKills", 5);
    private static final long SEED = Long.getLong("onedump.test.seed", 20261130);
    /** Of tables; PostgreSQL has those of large objects too. */
    private static final long ROWS = 90_003;

    private SqlServer server;
    private SqlServer target;

    private final Random random = new Random(SEED);
    private Workspace workspace;

    abstract SqlServer start();

    /** Both of the dump and of the restore. */
    abstract String scheme();

    /** Makes the database shop with {@value #ROWS} rows. */
    abstract void fill(SqlServer server);

    /** What the server itself says of the rows of each table. */
    abstract List<String> sums(SqlServer of) throws SQLException;

    /** As the restore expects it. */
    abstract void empty(SqlServer target);

    @BeforeAll
    void startServers() {
        server = start();
        target = start();
        fill(server);
    }

    @AfterAll
    void stop() {
        server.close();
        target.close();
    }

    private String dsn(SqlServer of) {
        return scheme() + "://" + of.user() + "@127.0.0.1:" + of.port() + "/shop";
    }

    @BeforeEach
    void job(@TempDir Path folder) {
        workspace = Workspace.in(folder);
        workspace.job(JobFile.named("shop")
                .then(to("dump", "dumper", scheme() + "-native", "dsn", dsn(server), "parallel", "2"))
                .then(to("checksum", "algorithm", "sha256"))
                .then(workspace.keep()));
        empty(target);
    }

    private Outcome dump() {
        Outcome outcome = workspace.onedump("dump", "--job", "shop").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        return outcome;
    }

    private Invocation restore(String... more) {
        return workspace.onedump("restore", "--job", "shop", "--target-dsn", dsn(target), "--parallel", "3").with(more);
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
        assertThat(DumpFile.open(ByteRanges.of(dump)).index().rows()).isGreaterThanOrEqualTo(ROWS);
        assertThat(new ProcessBuilder("zstd", "-tq", dump.toString()).start().waitFor()).isZero();
    }

    @Test
    void aRestoreThatIsKilledGoesOnToAnEqualResult() throws Exception {
        dump();
        Outcome whole = restore().run();
        assertThat(whole.exitCode()).as(whole.everything()).isZero();
        empty(target);
        int killed = 0;
        int ended = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            killed += isKilled(restore(), whole.seconds() * 1.1) ? 1 : 0;
            // Some are killed again before one comes to its end.
            if (kill % 3 == 0 || kill == KILLS) {
                Outcome outcome = restore().run();
                if (outcome.exitCode() != 0) {
                    // It had come to its end before it was killed.
                    assertThat(outcome.errors()).contains("there is already ");
                    outcome = restore("--compare-only").run();
                }
                assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
                assertThat(outcome.output()).contains("all equal");
                assertThat(contents(target)).isEqualTo(contents(server));
                empty(target);
                ended++;
            }
        }
        LOG.info("{} restores killed of {}; {} went on to an equal result", killed, KILLS, ended);
    }

    private List<String> contents(SqlServer of) throws SQLException {
        return Stream.concat(of.snapshot("shop").lines().stream(), sums(of).stream()).toList();
    }
}
