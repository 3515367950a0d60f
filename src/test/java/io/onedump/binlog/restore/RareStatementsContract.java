package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FolderStore;
import io.onedump.binlog.event.BinlogName;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.choice.RestoreException;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What few logs have, and what makes restoring them by hand fail: distributed transactions and loaded files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RareStatementsContract {

    private Path folder;
    private SqlServer server;
    private SqlServer target;
    private BinlogPosition start;

    abstract SqlServer start(String... options);

    /** The engines whose programs are there. */
    abstract Stream<Engine> engines();

    @BeforeEach
    void startBoth(@TempDir Path temporary) throws Exception {
        folder = temporary;
        server = start();
        target = start("--server-id=77");
        server.execute("SET GLOBAL local_infile = ON");
        start = ArchivedServer.position(server);
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(60))");
    }

    @AfterEach
    void stopBoth() {
        server.close();
        target.close();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void distributedTransactionsEndAsTheyDid(Engine engine) throws Exception {
        prepare("'both','a',7", 1);
        prepare("'rolled back'", 2);
        server.execute("INSERT INTO shop.item VALUES (3, 'between')", "XA COMMIT 'both','a',7", "XA ROLLBACK 'rolled"
                + " back'");
        prepare("'at the end'", 4);
        server.execute("INSERT INTO shop.item VALUES (5, 'the last')");
        BinlogPosition stop = ArchivedServer.position(server);
        server.execute("XA COMMIT 'at the end'", "INSERT INTO shop.item VALUES (6, 'later')");
        FolderStore store = ArchivedServer.archive(server, folder);

        RestorePlan plan = restore(store, request(start, at(stop), engine));

        assertThat(ids(target)).containsExactly(1, 3, 5);
        assertThat(plan.lines()).anyMatch(line -> line.contains("XA COMMIT X'" + hex("at the end") + "',X'',1;"))
                .noneMatch(line -> line.contains(hex("both")));
        assertThatThrownBy(() -> restore(store, request(start, at(stop), engine)))
                .isInstanceOf(RestoreException.class).hasMessageContaining("is prepared on the target");

        restore(store, request(stop, new StopAt.End(), engine));
        assertThat(ids(target)).containsExactly(1, 3, 4, 5, 6);
    }

    /** Its rows are neither in what the target has nor in what follows. */
    @ParameterizedTest
    @MethodSource("engines")
    void refusesWhatWasPreparedBeforeTheStart(Engine engine) throws Exception {
        prepare("'early'", 1);
        BinlogPosition late = ArchivedServer.position(server);
        server.execute("CREATE TABLE shop.other (id INT)", "XA COMMIT 'early'");
        FolderStore store = ArchivedServer.archive(server, folder);
        target.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(60))");

        assertThatThrownBy(() -> restore(store, request(late, new StopAt.End(), engine)))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("X'" + hex("early") + "',X'',1 was prepared before the restore begins");
        try (Connection connection = target.connect("shop"); ResultSet tables =
                connection.createStatement().executeQuery("SHOW TABLES LIKE 'other'")) {
            assertThat(tables.next()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void filesThatWereLoadedComeBackAndNothingOfThemStays(Engine engine) throws Exception {
        Path rows = Files.writeString(folder.resolve("rows.txt"), "1\tone\n2\ttwo\n");
        server.executeIn("shop", "SET SESSION binlog_format = 'STATEMENT'",
                "LOAD DATA LOCAL INFILE '" + rows + "' INTO TABLE item",
                "SET SESSION binlog_format = 'ROW'", "INSERT INTO item VALUES (3, 'three')");
        FolderStore store = ArchivedServer.archive(server, folder);
        target.execute("SET GLOBAL local_infile = OFF");
        List<Path> before = loaded();

        restore(store, request(start, new StopAt.End(), engine));

        assertThat(ids(target)).containsExactly(1, 2, 3);
        assertThat(loaded()).isEqualTo(before);
        try (Connection connection = target.connect(""); ResultSet value =
                connection.createStatement().executeQuery("SELECT @@global.local_infile")) {
            assertThat(value.next()).isTrue();
            assertThat(value.getBoolean(1)).isFalse();
        }
    }

    /** Nothing is noted then, which is told, and nothing else changes. */
    @ParameterizedTest
    @MethodSource("engines")
    void anAccountThatMayNotNoteAnythingOnTheTargetRestoresToo(Engine engine) throws Exception {
        server.execute("INSERT INTO shop.item VALUES (1, 'one')");
        FolderStore store = ArchivedServer.archive(server, folder);
        target.createUser("limited", "", replicaRights());
        target.execute("GRANT ALL ON shop.* TO limited", "SET GLOBAL event_scheduler = ON");
        RestoreRequest asked = request(start, new StopAt.End(), engine);

        restore(store, new RestoreRequest(0, asked.start(), asked.stop(), Set.of(), null,
                MySqlSettings.of(target.host(), target.port(), "limited", ""), engine, asked.work(), null, null, null,
                Part.ALL));

        assertThat(ids(target)).containsExactly(1);
        try (Connection connection = target.connect(""); ResultSet value =
                connection.createStatement().executeQuery("SELECT @@global.event_scheduler, (SELECT COUNT(*) FROM"
                        + " information_schema.tables WHERE table_name = '_onedump_target')")) {
            assertThat(value.next()).isTrue();
            assertThat(value.getString(1)).isEqualTo("ON");
            assertThat(value.getInt(2)).isZero();
        }
    }

    /** Global privileges of who may set up a replica. */
    abstract String[] replicaRights();

    /** What mysqlbinlog and the servers make of it on the way. */
    private List<Path> loaded() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path place : List.of(Path.of(System.getProperty("java.io.tmpdir")), target.dataDir().getParent(),
                target.dataDir())) {
            try (Stream<Path> files = Files.list(place)) {
                files.filter(file -> file.getFileName().toString().startsWith("SQL_LOAD")).forEach(found::add);
            }
        }
        return found;
    }

    private void prepare(String id, int row) throws SQLException {
        server.executeIn("shop", "XA START " + id, "INSERT INTO item VALUES (" + row + ", 'distributed')",
                "XA END " + id, "XA PREPARE " + id);
    }

    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        text.chars().forEach(c -> hex.append(String.format("%02x", c)));
        return hex.toString();
    }

    private RestorePlan restore(FolderStore store, RestoreRequest request) throws Exception {
        try {
            return new Restore(new Archive(store)).run(request);
        } finally {
            assertThat(folder.resolve("work")).isEmptyDirectory();
        }
    }

    private RestoreRequest request(BinlogPosition from, StopAt to, Engine engine) {
        return new RestoreRequest(0, from, to, Set.of(), null, ArchivedServer.settings(target), engine,
                folder.resolve("work"), null, null, null, Part.ALL);
    }

    private static StopAt at(BinlogPosition position) {
        return new StopAt.Position(BinlogName.parse(position.file()), position.offset());
    }

    private static List<Integer> ids(SqlServer of) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        try (Connection connection = of.connect("shop"); ResultSet rows =
                connection.createStatement().executeQuery("SELECT id FROM item ORDER BY id")) {
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
        }
        return ids;
    }
}
