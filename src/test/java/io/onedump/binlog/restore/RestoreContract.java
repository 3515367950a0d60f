package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import com.github.luben.zstd.ZstdOutputStream;
import io.onedump.artifact.FileArtifact;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveSettings;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.FolderStore;
import io.onedump.binlog.archive.ServerLogs;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.event.TransactionReader;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.mysql.BinlogPosition;
import io.onedump.mysql.MySqlSession;
import io.onedump.mysql.MySqlSettings;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What restoring promises. One server is archived once: dumped in the first file, the truth noted in the third, one
 * transaction and a DROP TABLE after it, another one in the fourth. All tests restore into one other server, which is emptied
 * before each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestoreContract {

    private Path folder;
    private SqlServer origin;
    private FolderStore store;
    private BinlogPosition start;
    private BinlogPosition stop;
    private Instant moment;
    private Instant betweenTwoFiles;
    private Path dump;
    private Map<String, String> truth;
    private List<Entry> log;
    private SqlServer target;

    /** A transaction and the file it is in. */
    record Entry(BinlogName file, LoggedTransaction transaction) {
    }

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
    void archiveAServer(@TempDir Path shared) throws Exception {
        folder = shared;
        origin = start(options());
        Shop shop = new Shop(origin);
        shop.create();
        dump = dump();
        start = position();
        shop.work(1);
        origin.execute("FLUSH BINARY LOGS");
        shop.work(2);
        origin.execute("FLUSH BINARY LOGS");
        shop.work(3);
        stop = position();
        truth = Shop.checksums(origin);
        moment = quietMoment();
        origin.executeIn("shop", "INSERT INTO item (name) VALUES ('too late')", "DROP TABLE child");
        origin.execute("FLUSH BINARY LOGS");
        betweenTwoFiles = quietMoment();
        origin.executeIn("shop", "INSERT INTO item (name) VALUES ('much too late')");
        store = new FolderStore(folder.resolve("store"));
        StreamSettings source = new StreamSettings(settings(origin), 4711, "11111111-2222-3333-4444-555555555555",
                Duration.ofSeconds(1), false);
        try (Archiver archiver = new Archiver(ArchiveSettings.of(source, folder.resolve("spool")), store,
                Clock.systemUTC(), new Random(1), stored -> { })) {
            assertThat(archiver.sync().errors()).isEmpty();
        }
        log = transactions();
    }

    /** The log has whole seconds on MariaDB: nothing is written in the second before the moment and in its own. */
    private static Instant quietMoment() {
        Instant moment = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS).plusMillis(500);
        await().pollDelay(Duration.between(Instant.now(), moment.plusMillis(600))).until(() -> true);
        return moment;
    }

    @BeforeAll
    void startTarget() {
        target = start(Stream.concat(Stream.of(options()), Stream.of("--server-id=77")).toArray(String[]::new));
    }

    @AfterAll
    void stopServers() {
        target.close();
        origin.close();
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
        restore(request(engine, at(stop)));

        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresFromADump(Engine engine) throws Exception {
        empty(target);
        ServerLogs.forget(target);
        Dump source = new Dump(new FileArtifact("shop.sql.zst", dump));

        RestorePlan plan = restore(new RestoreRequest(0, null, at(stop), Set.of(), source, settings(target), engine,
                folder.resolve("work"), program("mysqlbinlog"), program("mysql"), null));

        assertThat(plan.start()).hasToString(start.toString());
        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresToATime(Engine engine) throws Exception {
        restore(request(engine, new StopAt.Time(moment)));

        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresBeforeAGtid(Engine engine) throws Exception {
        LoggedTransaction late = afterTruth().get(0).transaction();
        assertThat(late.begin().gtid()).isNotEmpty();

        restore(request(engine, new StopAt.Gtid(late.begin().gtid())));

        assertTruth(target);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresAlthoughTheTargetHasTheServerIdOfTheEvents(Engine engine) throws Exception {
        target.execute("SET GLOBAL server_id=1");

        restore(request(engine, at(stop)));

        assertTruth(target);
        try (MySqlSession session = MySqlSession.connect(settings(target))) {
            assertThat(session.query("SELECT @@global.server_id").get(0).get(0)).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresToATimeBetweenTwoFiles(Engine engine) throws Exception {
        RestorePlan plan = restore(request(engine, new StopAt.Time(betweenTwoFiles)));

        assertThat(plan.stop().file()).isEqualTo(stop.file());
        assertThat(Shop.checksums(target)).containsEntry("shop.child", "null");
        assertThat(has(target, "too late")).isTrue();
        assertThat(has(target, "much too late")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void restoresOneTransactionMoreWhenAskedTo(Engine engine) throws Exception {
        LoggedTransaction late = afterTruth().get(0).transaction();

        restore(request(engine, new StopAt.Position(BinlogName.parse(stop.file()), late.end())));

        assertThat(has(target, "too late")).isTrue();
        assertThat(Shop.checksums(target)).containsEntry("shop.child", truth.get("shop.child"));
    }

    @Test
    void leavesOneTransactionOut() throws Exception {
        Entry drop = afterTruth().get(1);

        RestorePlan plan = restore(request(Engine.REPLICA, new StopAt.End())
                .without(Set.of(drop.transaction().begin().gtid())));

        assertThat(plan.skipped()).hasSize(1);
        assertThat(Shop.checksums(target)).containsEntry("shop.child", truth.get("shop.child"));
        assertThat(has(target, "much too late")).isTrue();
    }

    /** A server that has executed these GTIDs, and whose server id is the events'. */
    @ParameterizedTest
    @MethodSource("engines")
    void restoresIntoTheServerThatWroteTheLog(Engine engine) throws Exception {
        empty(origin);
        new Shop(origin).create();

        restore(new RestoreRequest(0, start, at(stop), Set.of(), null, settings(origin), engine, folder.resolve("work"),
                program("mysqlbinlog"), program("mysql"), null));

        assertTruth(origin);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesAStopBeyondTheEndOfTheArchive(Engine engine) throws Exception {
        Map<String, String> before = Shop.checksums(target);

        assertRefused(request(engine, new StopAt.Time(Instant.now().plusSeconds(3600))), "the archive ends at");
        assertRefused(request(engine, new StopAt.Position(BinlogName.parse(stop.file()), 1 << 30)), "ends at");
        assertRefused(request(engine, new StopAt.Gtid("0-99-99")), "the archive ends at");

        assertThat(Shop.checksums(target)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesPositionsInsideATransaction(Engine engine) throws Exception {
        assertRefused(request(engine, new StopAt.Position(BinlogName.parse(stop.file()), stop.offset() - 1)),
                "inside the transaction");
        assertRefused(RestoreRequest.of(BinlogPosition.of(start.file(), start.offset() + 1), at(stop), settings(target),
                engine, folder.resolve("work")), "inside the transaction");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesToDoNothing(Engine engine) throws Exception {
        assertRefused(request(engine, at(start)), "nothing would be restored");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesToRestoreOverAHole(Engine engine) throws Exception {
        FolderStore holed = copyOfStore();
        holed.delete("timeline-0001/" + BinlogName.parse(start.file()).next() + ".manifest");

        assertThatThrownBy(() -> new Restore(new Archive(holed)).run(request(engine, at(stop))))
                .isInstanceOf(RestoreException.class).hasMessageContaining("GAP");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesABrokenArchiveBeforeItTouchesTheTarget(Engine engine) throws Exception {
        Map<String, String> before = Shop.checksums(target);
        FolderStore broken = copyOfStore();
        broken.spoil("timeline-0001/" + BinlogName.parse(start.file()).next() + ".zst", bytes -> {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        });

        assertThatThrownBy(() -> new Restore(new Archive(broken)).run(request(engine, at(stop))))
                .isInstanceOf(IOException.class).hasMessageContaining("broken");

        assertThat(Shop.checksums(target)).isEqualTo(before);
    }

    private FolderStore copyOfStore() throws IOException {
        Path copy = Files.createTempDirectory(folder, "copy");
        FolderStore other = new FolderStore(copy);
        for (String name : store.list("")) {
            Files.createDirectories(other.path(name).getParent());
            Files.copy(store.path(name), other.path(name));
        }
        return other;
    }

    private void assertRefused(RestoreRequest request, String reason) {
        assertThatThrownBy(() -> restore(request)).isInstanceOf(RestoreException.class).hasMessageContaining(reason);
    }

    RestorePlan restore(RestoreRequest request) throws Exception {
        try {
            return new Restore(new Archive(store)).run(request);
        } finally {
            assertThat(folder.resolve("work")).isEmptyDirectory();
        }
    }

    RestoreRequest request(Engine engine, StopAt at) {
        return new RestoreRequest(0, start, at, Set.of(), null, settings(target), engine, folder.resolve("work"),
                program("mysqlbinlog"), program("mysql"), null);
    }

    /** Everything up to the truth, and not one transaction more. */
    private void assertTruth(SqlServer server) throws SQLException {
        assertThat(Shop.checksums(server)).isEqualTo(truth);
        assertThat(has(server, "too late")).isFalse();
    }

    private static boolean has(SqlServer server, String name) throws SQLException {
        try (Connection connection = server.connect("shop");
                ResultSet row = connection.createStatement().executeQuery("SELECT 1 FROM item WHERE name='" + name + "'")) {
            return row.next();
        }
    }

    /** What follows the truth in its file. */
    private List<Entry> afterTruth() {
        return log.stream().filter(entry -> entry.file().toString().equals(stop.file())
                && entry.transaction().start() >= stop.offset()).toList();
    }

    private Path dump() throws IOException, InterruptedException {
        Path file = folder.resolve("shop.sql.zst");
        List<String> command = new ArrayList<>(dumper());
        command.addAll(List.of("--host=" + origin.host(), "--port=" + origin.port(), "--user=root", "--single-transaction",
                "--routines", "--databases", "shop"));
        Process process = new ProcessBuilder(command).redirectError(folder.resolve("dump.err").toFile()).start();
        try (OutputStream zstd = new ZstdOutputStream(Files.newOutputStream(file))) {
            process.getInputStream().transferTo(zstd);
        }
        assertThat(process.waitFor()).as(Files.readString(folder.resolve("dump.err"))).isZero();
        return file;
    }

    SqlServer target() {
        return target;
    }

    StopAt stop() {
        return at(stop);
    }

    private static StopAt at(BinlogPosition position) {
        return new StopAt.Position(BinlogName.parse(position.file()), position.offset());
    }

    private BinlogPosition position() throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings(origin))) {
            return BinlogPosition.latest(session).orElseThrow();
        }
    }

    private List<Entry> transactions() throws IOException {
        Archive archive = new Archive(store);
        List<Entry> found = new ArrayList<>();
        for (BinlogName name : archive.files(1)) {
            try (TransactionReader reader = new TransactionReader(new EventReader(name.toString(),
                    archive.open(1, archive.manifest(1, name).orElseThrow())), true)) {
                for (LoggedTransaction next = reader.next(); next != null; next = reader.next()) {
                    found.add(new Entry(name, next));
                }
            }
        }
        return found;
    }

    static MySqlSettings settings(SqlServer server) {
        return MySqlSettings.of(server.host(), server.port(), "root", "");
    }
}
