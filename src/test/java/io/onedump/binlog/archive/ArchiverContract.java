package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.artifact.Threads;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What archiving promises, on a real server, which begins a new log for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ArchiverContract {

    @TempDir
    Path folder;

    private SqlServer server;
    private FolderStore store;

    abstract SqlServer start();

    /** The global variable, with its values, that makes the server write compressed events. */
    abstract String compression();

    @BeforeAll
    void startServer() {
        server = start();
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @BeforeEach
    void beginANewLog() {
        server.execute("SET GLOBAL binlog_checksum=CRC32", "SET GLOBAL binlog_format=ROW",
                "SET GLOBAL " + compression() + "=OFF", "DROP DATABASE IF EXISTS shop", "DROP DATABASE IF EXISTS busy",
                "DROP USER IF EXISTS archiver");
        ServerLogs.forget(server);
        store = new FolderStore(folder.resolve("store"));
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY AUTO_INCREMENT, body"
                + " LONGBLOB)");
    }

    @ParameterizedTest
    @CsvSource({"CRC32, ROW", "CRC32, STATEMENT", "CRC32, MIXED", "NONE, ROW", "NONE, STATEMENT"})
    void archivesEveryByteOfEveryFile(String checksum, String format) throws IOException {
        server.execute("SET GLOBAL binlog_checksum=" + checksum, "SET GLOBAL binlog_format=" + format);
        load(50);
        server.execute("FLUSH BINARY LOGS");
        load(50);

        ArchiveRun result = sync();

        assertThat(result.errors()).isEmpty();
        assertThat(result.files()).isEqualTo(new ServerFiles(server.dataDir()).names().size() - 1);
        assertArchived();
    }

    @Test
    void archivesFilesOfBothChecksumSettingsInOneRun() throws IOException {
        server.execute("SET GLOBAL binlog_checksum=NONE");
        load(5);
        server.execute("SET GLOBAL binlog_checksum=CRC32");
        load(5);
        server.execute("SET GLOBAL binlog_checksum=NONE");
        load(5);

        assertThat(sync().errors()).isEmpty();

        assertArchived();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {(1 << 20) - 100, 1 << 20, 16777215 - 60, 16777215 - 40, 16777215 - 35, 16777215 - 30, 40 << 20})
    void archivesEventsLargerThanAnyBuffer(int size) throws IOException, SQLException {
        blob(size);
        blob(10);

        assertThat(sync().errors()).isEmpty();

        assertArchived();
    }

    @Test
    void archivesCompressedEvents() throws IOException, SQLException {
        server.execute("SET GLOBAL " + compression() + "=ON");
        load(20);
        blob(3 << 20);

        assertThat(sync().errors()).isEmpty();

        assertArchived();
    }

    @Test
    void archivesEveryByteWhileTheServerRotatesUnderLoad() throws Exception {
        try (Archiver archiver = archiver("root", "")) {
            CompletableFuture<ArchiveRun> running = CompletableFuture.supplyAsync(archiver::follow);
            try (Load load = Load.start(server, 1, 20)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> new Archive(store).files(1).size() > 10);
            }
            archiver.close();
            assertThat(running.get(30, TimeUnit.SECONDS).errors()).isEmpty();
        }

        assertArchived();
    }

    @Test
    void goesOnWhereTheLastRunEnded() throws IOException {
        load(20);
        sync();
        load(20);
        server.execute("FLUSH BINARY LOGS");
        load(20);
        ArchiveRun second = sync();

        assertThat(second.errors()).isEmpty();
        assertArchived();
        assertThat(sync().bytes()).isZero();
        assertThat(store.list("timeline-0001/binlog.000001.")).containsExactlyInAnyOrder(
                "timeline-0001/binlog.000001.zst", "timeline-0001/binlog.000001.manifest");
    }

    @Test
    void survivesACrashOfTheServerAndARestart() throws IOException {
        load(20);
        sync();
        load(20);
        server.kill();
        server.restart();
        load(20);
        sync();
        server.restart();
        load(20);

        assertThat(sync().errors()).isEmpty();

        assertArchived();
    }

    @Test
    void beginsANewTimelineWhenTheServerBeganANewLog() throws IOException {
        load(20);
        sync();
        Path file = store.path("timeline-0001/binlog.000001.manifest");
        ServerLogs.forget(server);
        load(30);

        ArchiveRun result = sync();

        assertThat(result.errors()).isEmpty();
        assertThat(file).exists();
        assertThat(new Archive(store).newestTimeline()).hasValue(2);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(sync().errors()).isEmpty();
            new ServerFiles(server.dataDir()).assertArchived(new Archive(store), 2);
        });
    }

    @Test
    void saysLoudlyThatTheServerRemovedWhatWasNotArchived() throws IOException {
        load(20);
        sync();
        load(20);
        server.execute("FLUSH BINARY LOGS");
        load(20);
        server.execute("FLUSH BINARY LOGS");
        purgeTo("binlog.000003");
        load(20);

        ArchiveRun result = sync();

        assertThat(result.ok()).isFalse();
        assertThat(result.errors()).singleElement().asString().startsWith("GAP:").contains("binlog.000001",
                "binlog.000003");
        assertThat(new Archive(store).manifest(1, new BinlogName("binlog", 1)).orElseThrow().state())
                .isEqualTo(FileManifest.State.CUT);
        assertThat(new Archive(store).files(1)).hasSize(2);
    }

    @Test
    void bringsTheOpenFileBackWhenTheLocalDiskIsLost() throws IOException {
        load(20);
        sync();
        load(20);

        Files.move(folder.resolve("staging"), folder.resolve("lost"));

        assertArchived();
    }

    @Test
    void saysHowFarItIsWithoutReadingTheWholeArchive() throws IOException {
        for (int file = 0; file < 12; file++) {
            load(2);
            server.execute("FLUSH BINARY LOGS");
        }
        assertArchived();
        AtomicInteger requests = new AtomicInteger();
        store.fail((call, name) -> requests.incrementAndGet());

        ArchiveStatus status = ArchiveStatus.of(settings("root", ""), new Archive(store), Clock.systemUTC());

        assertThat(status.gaps()).isEmpty();
        assertThat(status.oldest()).isNotNull();
        assertThat(requests).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void saysUntilWhenARunHasEverything() throws IOException {
        load(5);
        Instant before = serverTime();

        assertArchived();

        Completeness complete = new Archive(store).complete(1).orElseThrow();
        assertThat(complete.until()).isBetween(before.minusSeconds(1), serverTime());
        FileManifest newest = new Archive(store).manifest(1, complete.file()).orElseThrow();
        assertThat(newest.size()).isGreaterThanOrEqualTo(complete.offset());
    }

    @Test
    void knowsOfAnIdleServerUntilWhenItHasEverything() throws Exception {
        load(5);
        try (Archiver archiver = archiver("root", "")) {
            CompletableFuture<ArchiveRun> running = CompletableFuture.supplyAsync(archiver::follow);
            await().until(() -> new Archive(store).newestTimeline().isPresent());
            Instant idle = serverTime();

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(new Archive(store).complete(1))
                    .hasValueSatisfying(complete -> assertThat(complete.until()).isAfter(idle)));

            assertThat(new Archive(store).complete(1).orElseThrow().until()).isBeforeOrEqualTo(serverTime());
            archiver.close();
            assertThat(running.get(30, TimeUnit.SECONDS).errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest", "zst", "both"})
    void fetchesAgainWhatTheArchiveHasLost(String lost) throws IOException {
        for (int file = 0; file < 4; file++) {
            load(5);
            server.execute("FLUSH BINARY LOGS");
        }
        sync();
        for (String ending : lost.equals("both") ? List.of("manifest", "zst") : List.of(lost)) {
            store.delete("timeline-0001/binlog.000002." + ending);
        }
        assertThat(status().healthy()).isFalse();

        assertArchived();

        assertThat(status().alarms()).isEmpty();
    }

    private ArchiveStatus status() throws IOException {
        return ArchiveStatus.of(settings("root", ""), new Archive(store), Clock.systemUTC());
    }

    private Instant serverTime() {
        try (Connection connection = server.connect("");
                ResultSet rows = connection.createStatement().executeQuery("SELECT UNIX_TIMESTAMP()")) {
            rows.next();
            return Instant.ofEpochSecond(rows.getLong(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void needsNoMoreThanTheTwoReplicationPrivileges() throws IOException {
        server.createUser("archiver", "päss", "REPLICATION SLAVE ON *.*", "REPLICATION CLIENT ON *.*");
        load(5);

        try (Archiver archiver = archiver("archiver", "päss")) {
            assertThat(archiver.sync().errors()).isEmpty();
        }

        assertArchived();
    }

    private ArchiveRun sync() throws IOException {
        try (Archiver archiver = archiver("root", "")) {
            return archiver.sync();
        }
    }

    private MySqlSettings settings(String user, String password) {
        return MySqlSettings.of(server.host(), server.port(), user, password);
    }

    private Archiver archiver(String user, String password) throws IOException {
        StreamSettings source =
                new StreamSettings(settings(user, password), 4711, "11111111-2222-3333-4444-555555555555",
                        Duration.ofSeconds(1), false);
        return new Archiver(Threads.daemons(), ArchiveSettings.of(source, folder.resolve("staging")), store,
                Clock.systemUTC(),
                new Random(1), stored -> {
                });
    }

    /** The server keeps files that a connection still reads, also one that is about to end. */
    private void purgeTo(String oldest) {
        await().untilAsserted(() -> {
            server.execute("PURGE BINARY LOGS TO '" + oldest + "'");
            assertThat(new ServerFiles(server.dataDir()).names().get(0)).hasToString(oldest);
        });
    }

    /** Perhaps after one more run: MariaDB writes a checkpoint event some time after the last transaction. */
    private void assertArchived() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(sync().errors()).isEmpty();
            new ServerFiles(server.dataDir()).assertArchived(new Archive(store), 1);
        });
    }

    private void load(int transactions) {
        String[] statements = new String[transactions];
        for (int i = 0; i < transactions; i++) {
            statements[i] = "INSERT INTO shop.item (body) VALUES (REPEAT('" + i + "€', " + (i * 37 % 1000) + "))";
        }
        server.execute(statements);
    }

    private void blob(int size) throws SQLException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        try (Connection connection = server.connect("shop");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO item (body) VALUES (?)")) {
            insert.setBytes(1, bytes);
            insert.execute();
        }
    }
}
