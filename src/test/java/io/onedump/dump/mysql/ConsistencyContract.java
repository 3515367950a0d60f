package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.mysql.NativeRestore;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A parallel dump shows one moment, by whichever way its snapshot was taken, while others write and change tables as
 * fast as they can; or there is none. The place in the binary log that it tells is that moment's: a replica that begins
 * there becomes equal. {@code mvn verify -Pchaos} makes a hundred dumps in each way, the ordinary run a few.
 */
@Timeout(1200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConsistencyContract {

    private static final Logger LOG = LoggerFactory.getLogger(ConsistencyContract.class);
    private static final int DUMPS = Integer.getInteger("onedump.test.dumps", 2);
    private static final long SEED = Long.getLong("onedump.test.seed", 20261130);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    SqlServer server;
    SqlServer replica;

    @TempDir
    private Path folder;

    abstract SqlServer start(String... options);

    /** The ways to a snapshot that there are, each with the account that it takes. */
    abstract List<Way> ways();

    /** Statements that make a server replicate from a place in the binary log, and then begin. */
    abstract List<String> replicateFrom(String file, long position);

    abstract List<String> replicateFrom(String gtid);

    abstract List<String> forgetReplication();

    abstract String replicaStatus();

    /** @param tellsPlace whether the dump has to say where in the binary log it was */
    record Way(String method, String user, boolean tellsPlace) {
    }

    @BeforeAll
    void startServers() {
        server = start("--innodb-buffer-pool-size=128M");
        replica = start("--server-id=2", "--skip-log-bin", "--innodb-buffer-pool-size=128M");
        server.createUser("reader", "", "SELECT, SHOW VIEW, TRIGGER, EVENT ON *.*");
        server.createUser("locker", "", "SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON *.*");
    }

    @AfterAll
    void stop() {
        server.close();
        replica.close();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aDumpShowsOneMomentOrThereIsNone(Way way) throws Exception {
        Map<String, Integer> refused = new TreeMap<>();
        Map<String, Integer> methods = new TreeMap<>();
        List<Path> right = new ArrayList<>();
        long seconds = System.nanoTime();
        BankLoad load = BankLoad.start(server, SEED, DUMPS > 20 ? 300 : 1500);
        try (load) {
            for (int number = 0; number < DUMPS; number++) {
                Path file = folder.resolve(way.method() + number + ".sql.zst");
                try {
                    dump(way, file);
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("tables were changed");
                    refused.merge(e.getMessage(), 1, Integer::sum);
                    continue;
                }
                DumpFile dump = DumpFile.open(ByteRanges.of(file));
                // Where a lock is waited for in vain, one connection dumps.
                String method = dump.index().origin().snapshot();
                assertThat(method).isIn(way.method(), "one-connection");
                methods.merge(method, 1, Integer::sum);
                BankDump.assertIsOneMoment(dump);
                right.add(file);
                if (right.size() > 3) {
                    Files.delete(right.get(right.size() - 4));
                }
            }
        }
        BankLoad.mark(server);
        LOG.info("{} {}: {} dumps right {}, {} refused {}, {} transfers and {} changes of tables meanwhile,"
                + " {} of which lost a deadlock, {} s",
                getClass().getSimpleName(), way, right.size(), methods, DUMPS - right.size(), refused, load.transfers(),
                load.changes(), load.lost(), (System.nanoTime() - seconds) / 1_000_000_000);
        assertThat(right).isNotEmpty();
        for (Path file : right.subList(Math.max(0, right.size() - (DUMPS > 20 ? 3 : 1)), right.size())) {
            assertReplicaBecomesEqual(way, file);
        }
    }

    private void dump(Way way, Path file) throws IOException {
        MySqlSettings settings = MySqlSettings.of(server.host(), server.port(), way.user(), "");
        Selection selection = new Selection(null, List.of(), List.of(), Map.of(), true, true, false);
        try (NativeDump dump = new NativeDump(Threads.daemons(), settings, selection, 4, null, "test", what -> {
        }).by(way.method()); OutputStream out = Files.newOutputStream(file)) {
            dump.writeTo(out);
        }
    }

    private void assertReplicaBecomesEqual(Way way, Path file) throws Exception {
        DumpFile dump = DumpFile.open(ByteRanges.of(file));
        DumpIndex.Origin origin = dump.index().origin();
        assertThat(origin.position() != null).as("tells its place")
                .isEqualTo(way.tellsPlace() && origin.snapshot().equals(way.method()));
        if (origin.position() != null) {
            int colon = origin.position().lastIndexOf(':');
            replay(dump, replicateFrom(origin.position().substring(0, colon),
                    Long.parseLong(origin.position().substring(colon + 1))));
        }
        if (origin.gtid() != null) {
            replay(dump, replicateFrom(origin.gtid()));
        }
    }

    private void replay(DumpFile dump, List<String> replicate) throws Exception {
        replica.execute("DROP DATABASE IF EXISTS bank");
        new NativeRestore(Threads.daemons(), dump, RestoreChoice.everything(), MySqlSettings.of(replica.host(),
                replica.port(), "root", ""), null, 2, RestoreListener.NONE).run(true);
        replica.execute(replicate.toArray(String[]::new));
        try {
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
                assertThat(error()).isEmpty();
                return BankLoad.isMarked(replica);
            });
        } finally {
            replica.execute(forgetReplication().toArray(String[]::new));
        }
        assertThat(tables(replica)).isEqualTo(tables(server));
    }

    private String error() throws SQLException {
        try (Connection connection = replica.connect(""); Statement statement = connection.createStatement();
                ResultSet status = statement.executeQuery(replicaStatus())) {
            assertThat(status.next()).isTrue();
            return status.getString("Last_IO_Error") + status.getString("Last_SQL_Error");
        }
    }

    /** Each table with how it was made and what is in it. */
    private static Map<String, String> tables(SqlServer of) throws SQLException {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = of.connect("bank"); Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                try (ResultSet create = statement.executeQuery("SHOW CREATE TABLE " + name)) {
                    create.next();
                    tables.put(name, create.getString(2).replaceFirst("AUTO_INCREMENT=\\d+", ""));
                }
                try (ResultSet sum = statement.executeQuery("CHECKSUM TABLE " + name)) {
                    sum.next();
                    tables.merge(name, sum.getString(2), (made, is) -> made + " " + is);
                }
            }
        }
        return tables;
    }
}
