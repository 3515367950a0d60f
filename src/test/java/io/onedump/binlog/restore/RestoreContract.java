package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.artifact.FileArtifact;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FolderStore;
import io.onedump.binlog.archive.ServerLogs;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.choice.RestoreException;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What restoring promises: all tests restore the archive of one server into one other, which is emptied before each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestoreContract {

    private Path folder;
    private ArchivedServer origin;
    private SqlServer target;

    abstract SqlServer start(String... options);

    /** The engines whose programs are there. */
    abstract Stream<Engine> engines();

    /** Options that make two servers alike, except for their ids. */
    abstract String[] options();

    /** The program and the options that make a dump with its position. */
    abstract List<String> dumper();

    /** The program that reads the log, and the client; null for those on the PATH. */
    String program(String name) {
        return null;
    }

    @BeforeAll
    void startBoth(@TempDir Path shared) throws Exception {
        folder = shared;
        origin = ArchivedServer.of(start(options()), dumper(), shared);
        target = start(Stream.concat(Stream.of(options()), Stream.of("--server-id=77")).toArray(String[]::new));
    }

    @AfterAll
    void stopServers() {
        target.close();
        origin.server().close();
    }

    @BeforeEach
    void emptyTheTarget() {
        target.execute("SET GLOBAL server_id=77");
        empty(target);
        new Shop(target).create();
    }

    private static void empty(SqlServer server) {
        server.execute("DROP DATABASE IF EXISTS shop");
        for (int user = 1; user <= 3; user++) {
            server.execute("DROP USER IF EXISTS 'user" + user + "'@'%'");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresToAPosition(Engine engine) throws Exception {
        restore(request(engine, at(origin.stop())));

        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresFromADump(Engine engine) throws Exception {
        empty(target);
        ServerLogs.forget(target);
        Dump source = new Dump(new FileArtifact("shop.sql.zst", origin.dump()));

        RestorePlan plan = restore(request(null, at(origin.stop()), source, target, engine));

        assertThat(plan.start()).hasToString(origin.start().toString());
        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresThroughTheUnixSocket(Engine engine) throws Exception {
        MySqlSettings socket = MySqlSettings.ofSocket(target.dataDir().resolveSibling("socket"), "root", "");

        restore(new RestoreRequest(0, origin.start(), at(origin.stop()), Set.of(), null, socket, engine,
                folder.resolve("work"), program("mysqlbinlog"), program("mysql"), null, Part.ALL));

        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresToATime(Engine engine) throws Exception {
        restore(request(engine, new StopAt.Time(origin.moment())));

        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresBeforeAGtid(Engine engine) throws Exception {
        LoggedTransaction late = origin.afterTruth().get(0);
        assertThat(late.begin().gtid()).isNotEmpty();

        restore(request(engine, new StopAt.Gtid(late.begin().gtid())));

        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresAlthoughTheTargetHasTheServerIdOfTheEvents(Engine engine) throws Exception {
        target.execute("SET GLOBAL server_id=1");

        restore(request(engine, at(origin.stop())));

        assertTruth(target);
        try (MySqlSession session = MySqlSession.connect(ArchivedServer.settings(target))) {
            assertThat(session.query("SELECT @@global.server_id").get(0).get(0)).isEqualTo("1");
        }
    }

    /** Two at once would take each other's changes for their own. */
    @ParameterizedTest
    @MethodSource("engines")
    void refusesATargetAtWhichAnotherRestoreIsAtWork(Engine engine) throws Exception {
        TargetJournal other = TargetJournal.open(ArchivedServer.settings(target));
        try (other) {
            assertRefused(request(engine, at(origin.stop())), "another restore is at work");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresToATimeBetweenTwoFiles(Engine engine) throws Exception {
        RestorePlan plan = restore(request(engine, new StopAt.Time(origin.betweenTwoFiles())));

        assertThat(plan.stop().file()).isEqualTo(origin.stop().file());
        assertThat(Shop.checksums(target)).containsEntry("shop.child", "null");
        assertThat(has(target, "too late")).isTrue();
        assertThat(has(target, "much too late")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresOneTransactionMoreWhenAskedTo(Engine engine) throws Exception {
        LoggedTransaction late = origin.afterTruth().get(0);

        restore(request(engine, new StopAt.Position(BinlogName.parse(origin.stop().file()), late.end())));

        assertThat(has(target, "too late")).isTrue();
        assertThat(Shop.checksums(target)).containsEntry("shop.child", origin.truth().get("shop.child"));
    }

    @Test
    void leavesOneTransactionOut() throws Exception {
        LoggedTransaction drop = origin.afterTruth().get(1);

        RestorePlan plan = restore(request(Engine.REPLICA, new StopAt.End())
                .without(Set.of(drop.begin().gtid())));

        assertThat(plan.skipped()).hasSize(1);
        assertThat(Shop.checksums(target)).containsEntry("shop.child", origin.truth().get("shop.child"));
        assertThat(has(target, "much too late")).isTrue();
    }

    /** What follows in the same file is not taken for something else. */
    @Test
    void leavesOutWhatIsInTheMiddleOfAFile() throws Exception {
        LoggedTransaction late = origin.afterTruth().get(0);

        RestorePlan plan = restore(request(Engine.REPLICA, new StopAt.End()).without(Set.of(late.begin().gtid())));

        assertThat(plan.skipped()).hasSize(1);
        assertThat(has(target, "too late")).isFalse();
        assertThat(Shop.checksums(target)).containsEntry("shop.child", "null");
        assertThat(has(target, "much too late")).isTrue();
    }

    /** A server that has executed these GTIDs, and whose server id is the events'. */
    @ParameterizedTest
    @MethodSource("engines")
    void restoresIntoTheServerThatWroteTheLog(Engine engine) throws Exception {
        empty(origin.server());
        new Shop(origin.server()).create();

        restore(request(origin.start(), at(origin.stop()), null, origin.server(), engine));

        assertTruth(origin.server());
    }

    /** What kill -9 leaves: a replica of a source that is gone, and a note of it. */
    @Test
    void removesWhatARestoreThatWasKilledLeft() throws Exception {
        target.execute("SET SESSION sql_log_bin=0", "CREATE TABLE mysql._onedump_target (id INT NOT NULL PRIMARY KEY,"
                + " kind VARCHAR(20), name VARCHAR(64), before_it TEXT, meanwhile TEXT)",
                "INSERT INTO mysql._onedump_target VALUES (1, 'REPLICA', '', '', '127.0.0.1:1')");
        target.execute("CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=1, MASTER_USER='onedump',"
                + " MASTER_PASSWORD='gone', MASTER_LOG_FILE='binlog.000001', MASTER_LOG_POS=4");

        restore(request(Engine.REPLICA, at(origin.stop())));

        assertTruth(target);
        try (MySqlSession session = MySqlSession.connect(ArchivedServer.settings(target))) {
            assertThat(session.query("SHOW SLAVE STATUS")).isEmpty();
        }
    }

    /** Also one whose account is called as ours, and whose source is away for a moment. */
    @ParameterizedTest
    @ValueSource(strings = {"other", "onedump"})
    void leavesAReplicaOfAnotherServerAlone(String account) throws Exception {
        target.execute("CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=1, MASTER_USER='" + account + "',"
                + " MASTER_PASSWORD='kept', MASTER_LOG_FILE='binlog.000001', MASTER_LOG_POS=4");
        try {
            assertRefused(request(Engine.REPLICA, at(origin.stop())), "is a replica already");
        } finally {
            target.execute("RESET SLAVE ALL");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesAStopBeyondTheEndOfTheArchive(Engine engine) throws Exception {
        Map<String, String> before = Shop.checksums(target);

        assertRefused(request(engine, new StopAt.Time(Instant.now().plusSeconds(3600))), "the archive ends at");
        assertRefused(request(engine, new StopAt.Position(BinlogName.parse(origin.stop().file()), 1 << 30)), "ends at");
        assertRefused(request(engine, new StopAt.Gtid("0-99-99")), "the archive ends at");

        assertThat(Shop.checksums(target)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesPositionsInsideATransaction(Engine engine) throws Exception {
        assertRefused(
                request(engine,
                        new StopAt.Position(BinlogName.parse(origin.stop().file()), origin.stop().offset() - 1)),
                "inside the transaction");
        BinlogPosition afterStart = BinlogPosition.of(origin.start().file(), origin.start().offset() + 1);
        assertRefused(request(afterStart, at(origin.stop()), null, target, engine), "inside the transaction");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesToDoNothing(Engine engine) throws Exception {
        assertRefused(request(engine, at(origin.start())), "nothing would be restored");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesToRestoreOverAHole(Engine engine) throws Exception {
        FolderStore holed = origin.copyOfStore(folder);
        holed.delete("timeline-0001/" + BinlogName.parse(origin.start().file()).next() + ".manifest");

        assertThatThrownBy(() -> new Restore(new Archive(holed)).run(request(engine, at(origin.stop()))))
                .isInstanceOf(RestoreException.class).hasMessageContaining("GAP");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesABrokenArchiveBeforeItTouchesTheTarget(Engine engine) throws Exception {
        Map<String, String> before = Shop.checksums(target);
        FolderStore broken = origin.copyOfStore(folder);
        broken.spoil("timeline-0001/" + BinlogName.parse(origin.start().file()).next() + ".zst", bytes -> {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        });

        assertThatThrownBy(() -> new Restore(new Archive(broken)).run(request(engine, at(origin.stop()))))
                .isInstanceOf(IOException.class).hasMessageContaining("broken");

        assertThat(Shop.checksums(target)).isEqualTo(before);
    }

    private void assertRefused(RestoreRequest request, String reason) {
        assertThatThrownBy(() -> restore(request)).isInstanceOf(RestoreException.class).hasMessageContaining(reason);
    }

    RestorePlan restore(RestoreRequest request) throws Exception {
        try {
            return new Restore(new Archive(origin.store())).run(request);
        } finally {
            assertThat(folder.resolve("work")).isEmptyDirectory();
        }
    }

    RestoreRequest request(Engine engine, StopAt at) {
        return request(origin.start(), at, null, target, engine);
    }

    private RestoreRequest request(BinlogPosition from, StopAt to, Dump dump, SqlServer into, Engine engine) {
        return new RestoreRequest(0, from, to, Set.of(), dump, ArchivedServer.settings(into), engine,
                folder.resolve("work"), program("mysqlbinlog"), program("mysql"), null, Part.ALL);
    }

    /** Everything up to the origin.truth(), and not one transaction more. */
    private void assertTruth(SqlServer server) throws SQLException {
        assertThat(Shop.checksums(server)).isEqualTo(origin.truth());
        assertThat(has(server, "too late")).isFalse();
    }

    private static boolean has(SqlServer server, String name) throws SQLException {
        try (Connection connection = server.connect("shop");
                ResultSet row = connection.createStatement().executeQuery("SELECT 1 FROM item WHERE"
                        + " name='" + name + "'")) {
            return row.next();
        }
    }

    SqlServer target() {
        return target;
    }

    StopAt stop() {
        return at(origin.stop());
    }

    private static StopAt at(BinlogPosition position) {
        return new StopAt.Position(BinlogName.parse(position.file()), position.offset());
    }
}
