package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.github.luben.zstd.ZstdOutputStream;
import io.onedump.artifact.Threads;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveSettings;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.FolderStore;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.event.TransactionReader;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.SqlServer;

/**
 * A server whose whole log is archived: dumped in the first file, the truth noted in the third, one transaction and a
 * DROP TABLE after it, another transaction in the fourth.
 *
 * @param start           where the dump was made
 * @param stop            where the truth was noted
 * @param truth           the tables' checksums at that position
 * @param moment          after the truth and before what follows it
 * @param betweenTwoFiles after the third file's last transaction
 */
record ArchivedServer(
        SqlServer server, FolderStore store, Path dump, BinlogPosition start, BinlogPosition stop,
        Map<String, String> truth,
        Instant moment, Instant betweenTwoFiles) {

    /**
     * @param dumper the program and the options that make a dump with its position
     * @param folder for the dump and the archive
     */
    static ArchivedServer of(SqlServer server, List<String> dumper, Path folder) throws Exception {
        Shop shop = new Shop(server);
        shop.create();
        Path dump = dump(server, dumper, folder);
        BinlogPosition start = position(server);
        shop.work(1);
        server.execute("FLUSH BINARY LOGS");
        shop.work(2);
        server.execute("FLUSH BINARY LOGS");
        shop.work(3);
        BinlogPosition stop = position(server);
        Map<String, String> truth = Shop.checksums(server);
        Instant moment = quietMoment();
        server.executeIn("shop", "INSERT INTO item (name) VALUES ('too late')", "DROP TABLE child");
        server.execute("FLUSH BINARY LOGS");
        Instant betweenTwoFiles = quietMoment();
        server.executeIn("shop", "INSERT INTO item (name) VALUES ('much too late')");
        return new ArchivedServer(server, archive(server, folder), dump, start, stop, truth, moment, betweenTwoFiles);
    }

    static MySqlSettings settings(SqlServer server) {
        return MySqlSettings.of(server.host(), server.port(), "root", "");
    }

    /** What follows the truth in its file. */
    List<LoggedTransaction> afterTruth() throws IOException {
        Archive archive = new Archive(store);
        BinlogName name = BinlogName.parse(stop.file());
        List<LoggedTransaction> found = new ArrayList<>();
        try (TransactionReader reader = new TransactionReader(new EventReader(name.toString(),
                archive.open(1, archive.manifest(1, name).orElseThrow())), true)) {
            for (LoggedTransaction next = reader.next(); next != null; next = reader.next()) {
                if (next.start() >= stop.offset()) {
                    found.add(next);
                }
            }
        }
        return found;
    }

    /** For a test that damages it. */
    FolderStore copyOfStore(Path folder) throws IOException {
        FolderStore copy = new FolderStore(Files.createTempDirectory(folder, "copy"));
        for (String name : store.list("")) {
            Files.createDirectories(copy.path(name).getParent());
            Files.copy(store.path(name), copy.path(name));
        }
        return copy;
    }

    private static Path dump(SqlServer server, List<String> dumper, Path folder)
            throws IOException, InterruptedException {
        Path file = folder.resolve("shop.sql.zst");
        Path errors = folder.resolve("dump.err");
        List<String> command = new ArrayList<>(dumper);
        command.addAll(
                List.of("--host=" + server.host(), "--port=" + server.port(), "--user=root", "--single-transaction",
                        "--routines", "--databases", "shop"));
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (OutputStream zstd = new ZstdOutputStream(Files.newOutputStream(file))) {
            process.getInputStream().transferTo(zstd);
        }
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return file;
    }

    static BinlogPosition position(SqlServer server) throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings(server))) {
            return BinlogPosition.latest(session).orElseThrow();
        }
    }

    /** The log has whole seconds on MariaDB: nothing is written in the second before the moment and in its own. */
    private static Instant quietMoment() {
        Instant moment = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS).plusMillis(500);
        await().pollDelay(Duration.between(Instant.now(), moment.plusMillis(600))).until(() -> true);
        return moment;
    }

    static FolderStore archive(SqlServer server, Path folder) throws Exception {
        FolderStore store = new FolderStore(folder.resolve("store"));
        StreamSettings source = new StreamSettings(settings(server), 4711, "11111111-2222-3333-4444-555555555555",
                Duration.ofSeconds(1), false);
        try (Archiver archiver =
                new Archiver(Threads.daemons(), ArchiveSettings.of(source, folder.resolve("staging")), store,
                        Clock.systemUTC(),
                        new Random(1), stored -> {
                        })) {
            assertThat(archiver.sync().errors()).isEmpty();
        }
        return store;
    }
}
