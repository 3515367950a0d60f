package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person looks after an archive, with the packaged command. */
class ArchiveCommandsIT {

    private SqlServer server;
    private Workspace workspace;
    private Path folder;

    @BeforeEach
    void open(@TempDir Path root) {
        folder = root;
        server = MariaDb.start();
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY AUTO_INCREMENT, name TEXT)",
                "INSERT INTO shop.item (name) VALUES ('one')");
        workspace = Workspace.in(root);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void dumpingAnArchiveJobArchivesIntoThePathOfItsStorage() {
        follow("log", "storage:file:" + folder.resolve("backups") + "?path=binlog/shop");

        Outcome dump = onedump("dump", "--job", "log");

        assertThat(dump.exitCode()).as(dump.everything()).isZero();
        assertThat(dump.output()).contains("\"ok\":true");
        assertThat(folder.resolve("backups/binlog/shop/timeline-0001/binlog.000001.manifest")).exists();
        assertThat(onedump("binlog", "status", "--job", "log").everything()).contains("\"lag_bytes\":0")
                .contains("\"healthy\":true");
        assertThat(onedump("binlog", "verify", "--job", "log").output()).contains("0 problems");
        assertThat(onedump("binlog", "verify", "--job", "log", "--timeline", "2").exitCode()).isEqualTo(2);
    }

    @Test
    void findsAnArchiveThatLiesOutsideOfThePathAndSaysWhatToDo() throws IOException {
        Path root = folder.resolve("backups");
        step("log", "storage:file:" + root);
        assertThat(onedump("binlog", "sync", "--job", "log").exitCode()).isZero();
        step("moved", "storage:file:" + root + "?path=shop");

        Outcome refused = onedump("binlog", "sync", "--job", "moved");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output()).contains("move all of its timeline-* folders into path");
        Files.createDirectory(root.resolve("shop"));
        Files.move(root.resolve("timeline-0001"), root.resolve("shop/timeline-0001"));
        Files.move(root.resolve("archiver"), root.resolve("shop/archiver"));

        assertThat(onedump("binlog", "sync", "--job", "moved").exitCode()).isZero();
        assertThat(root.resolve("shop/timeline-0002")).doesNotExist();
    }

    @Test
    void alarmsOfANewTimelineUntilThatIsAccepted() {
        step("log", "storage:file:" + folder.resolve("archive"));
        assertThat(onedump("binlog", "sync", "--job", "log").exitCode()).isZero();
        server.execute("RESET MASTER", "INSERT INTO shop.item (name) VALUES ('two')");
        assertThat(onedump("binlog", "sync", "--job", "log").exitCode()).isZero();

        Outcome broken = onedump("binlog", "status", "--job", "log");
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.output()).contains("timeline 2 began").contains("full backup");
        assertThat(onedump("binlog", "accept-gap", "--job", "log").output()).contains("accepted: timeline 2");
        assertThat(onedump("binlog", "status", "--job", "log").exitCode()).isZero();
    }

    @Test
    void alarmsWhenTheArchiveIsTooFarBehind() {
        step("log", "storage:file:" + folder.resolve("archive"));
        assertThat(onedump("binlog", "status", "--job", "log").exitCode()).isEqualTo(2);
        assertThat(onedump("binlog", "sync", "--job", "log").exitCode()).isZero();
        assertThat(onedump("binlog", "status", "--job", "log", "--max-lag", "1s").exitCode()).isZero();
        server.execute("INSERT INTO shop.item (name) VALUES (REPEAT('x', 60000))");
        await(Instant.now().plusSeconds(3));

        assertThat(onedump("binlog", "status", "--job", "log").exitCode()).isZero();
        assertThat(onedump("binlog", "status", "--job", "log", "--max-lag", "1s").exitCode()).isEqualTo(2);
        assertThat(onedump("binlog", "status", "--job", "log", "--max-lag-bytes", "50000").exitCode()).isEqualTo(2);
        assertThat(onedump("binlog", "status", "--job", "log", "--max-lag", "soon").exitCode()).isEqualTo(1);
    }

    @Test
    void fetchesFilesAsTheServerHasThem() throws IOException {
        server.execute("FLUSH BINARY LOGS", "INSERT INTO shop.item (name) VALUES ('two')", "FLUSH BINARY LOGS");
        step("log", "storage:file:" + folder.resolve("archive"));
        assertThat(onedump("binlog", "sync", "--job", "log").exitCode()).isZero();
        Path into = folder.resolve("fetched");

        Outcome fetch = onedump("binlog", "fetch", "--job", "log", "--into", into.toString(), "binlog.000001",
                "binlog.000002");

        assertThat(fetch.exitCode()).as(fetch.everything()).isZero();
        for (String name : List.of("binlog.000001", "binlog.000002")) {
            assertThat(into.resolve(name)).hasSameBinaryContentAs(server.dataDir().resolve(name));
        }
        assertThat(onedump("binlog", "fetch", "--job", "log", "--into", into.toString()).errors())
                .contains("is there already");
        assertThat(onedump("binlog", "fetch", "--job", "log", "--into", into.toString(), "binlog.000099").errors())
                .contains("no file binlog.000099");
        assertThat(onedump("binlog", "fetch", "--job", "log", "--into", folder.resolve("all").toString()).exitCode())
                .isZero();
        assertThat(folder.resolve("all/binlog.000003")).exists();
    }

    @Test
    void beginsWithTheFileThatHoldsATransaction() {
        server.execute("FLUSH BINARY LOGS", "INSERT INTO shop.item (name) VALUES ('two')");
        String gtid = gtid();
        server.execute("INSERT INTO shop.item (name) VALUES ('three')", "FLUSH BINARY LOGS",
                "INSERT INTO shop.item (name) VALUES ('four')");
        step("log", "storage:file:" + folder.resolve("archive"));

        Outcome sync = onedump("binlog", "sync", "--job", "log", "--since", gtid);

        assertThat(sync.exitCode()).as(sync.everything()).isZero();
        assertThat(Workspace.files(folder.resolve("archive"))).anyMatch(name -> name.contains("binlog.000002."))
                .noneMatch(name -> name.contains("binlog.000001."));
        assertThat(onedump("binlog", "sync", "--job", "log", "--since", "7d").errors()).contains("has no effect");
    }

    @Test
    void refusesEndsThatContradictEachOther() {
        step("log", "storage:file:" + folder.resolve("archive"));
        List<List<String>> contradictions = List.of(
                List.of("--start-file", "binlog.000001", "--to-end", "--end-pos", "4"),
                List.of("--start-file", "binlog.000001", "--to-end", "--to", "1h"),
                List.of("--start-file", "binlog.000001", "--end-file", "binlog.000001"),
                List.of("--from-dump", "x.sql", "--start-pos", "4", "--to-end"));
        for (List<String> options : contradictions) {
            Outcome outcome = workspace.onedump("binlog", "restore", "--job", "log", "--target-dsn", dsn())
                    .with(options.toArray(String[]::new)).run();
            assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(1);
        }
        assertThat(onedump("binlog", "sync", "--job", "log", "--since", "1h", "--until", "2h").exitCode())
                .isEqualTo(1);
    }

    @Test
    void aDirectoryHasAStatusAndALastFile() throws IOException {
        server.execute("FLUSH BINARY LOGS", "INSERT INTO shop.item (name) VALUES ('two')");
        Path copies = Files.createDirectory(folder.resolve("copies"));
        try (Stream<Path> files = Files.list(server.dataDir())) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches("binlog\\.\\d+")).toList()) {
                Files.copy(file, copies.resolve(file.getFileName()));
            }
        }
        workspace.job(JobFile.named("log").then(JobFile.Step.to("binlog", "operation", "archive", "source",
                "directory", "directory", copies.toString(), "spoolDirectory", folder.resolve("spool").toString(),
                "storage", "storage:file:" + folder.resolve("archive"))));
        assertThat(onedump("binlog", "status", "--job", "log").exitCode()).isEqualTo(2);
        assertThat(onedump("binlog", "sync", "--job", "log").exitCode()).isZero();

        Outcome status = onedump("binlog", "status", "--job", "log");
        assertThat(status.exitCode()).as(status.everything()).isZero();
        assertThat(status.output()).contains("\"archived\":\"binlog.000001:").contains("\"lag_bytes\":0");
        assertThat(onedump("binlog", "sync", "--job", "log", "--last-file").output()).contains("\"files\":1");
        assertThat(onedump("binlog", "verify", "--job", "log").output()).contains("2 files").contains("0 problems");
        assertThat(onedump("binlog", "sync", "--job", "log", "--last-file").output()).contains("\"files\":0");
    }

    @Test
    void keepsWhatTheKeptDumpsNeed() {
        workspace.job(JobFile.named("dump")
                .then(JobFile.Step.to("dump", "dumper", "mysqldump", "dsn", dsn() + "/shop",
                        "fileName", "shop-${date:now:yyyyMMdd-HHmmss}.sql", "options", "--databases shop"))
                .then(workspace.keep()));
        workspace.job(JobFile.named("log").then(JobFile.Step.to("binlog", "operation", "archive", "dsn", dsn(),
                "tlsMode", "DISABLED", "spoolDirectory", folder.resolve("spool").toString(), "keepFor", "dump",
                "keepMargin", "1", "storage", "storage:file:" + folder.resolve("archive"))));
        server.execute("FLUSH BINARY LOGS", "INSERT INTO shop.item (name) VALUES ('two')", "FLUSH BINARY LOGS");
        assertThat(onedump("binlog", "sync", "--job", "log").exitCode()).isZero();
        assertThat(onedump("prune", "--job", "log").output()).contains("has kept no dump");
        await(Instant.now().plusSeconds(2));
        assertThat(onedump("dump", "--job", "dump").exitCode()).isZero();
        server.execute("INSERT INTO shop.item (name) VALUES ('three')");
        assertThat(onedump("binlog", "sync", "--job", "log").exitCode()).isZero();

        Outcome dry = onedump("prune", "--job", "log", "--dry-run");
        assertThat(dry.output()).as(dry.everything()).contains("would remove timeline-0001/binlog.000001");
        Outcome prune = onedump("prune", "--job", "log");

        assertThat(prune.exitCode()).as(prune.everything()).isZero();
        assertThat(Workspace.files(folder.resolve("archive")))
                .noneMatch(name -> name.contains("binlog.000001.") || name.contains("binlog.000002."))
                .anyMatch(name -> name.contains("binlog.000003."));
        try (SqlServer target = MariaDb.start("--server-id=2")) {
            Outcome restore = workspace.onedump("binlog", "restore", "--job", "log", "--target-dsn",
                    "mysql://root@" + target.host() + ":" + target.port(), "--from-dump", "latest", "--dump-job",
                    "dump", "--to-end").run();
            assertThat(restore.exitCode()).as(restore.everything()).isZero();
        }
        assertThat(onedump("binlog", "status", "--job", "log").exitCode()).isZero();
    }

    private Outcome onedump(String... arguments) {
        return workspace.onedump(arguments).run();
    }

    /** A job with the archive as a step. */
    private void step(String id, String storage) {
        workspace.job(JobFile.named(id).then(JobFile.Step.to("binlog", "operation", "archive", "dsn", dsn(),
                "tlsMode", "DISABLED", "spoolDirectory", folder.resolve("spool-" + id).toString(), "storage",
                storage)));
    }

    /** A job that starts from the archive. */
    private void follow(String id, String storage) {
        workspace.append("routes/" + id + ".camel.yaml", """
                - route:
                    id: %s
                    group: job
                    from:
                      uri: binlog
                      parameters:
                        operation: archive
                        dsn: "%s"
                        tlsMode: DISABLED
                        spoolDirectory: "%s"
                        storage: "%s"
                      steps:
                        - log: stored
                """.formatted(id, dsn(), folder.resolve("spool-" + id), storage));
    }

    private String dsn() {
        return "mysql://root@" + server.host() + ":" + server.port();
    }

    private String gtid() {
        try (Connection connection = server.connect("");
                ResultSet rows = connection.createStatement().executeQuery("SELECT @@gtid_binlog_pos")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(Instant moment) {
        Awaitility.await().pollDelay(Duration.between(Instant.now(), moment)).until(() -> true);
    }
}
