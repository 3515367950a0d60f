package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.ScriptedCloud;
import io.onedump.servers.SqlServer;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person dumps, archives, finds the damage and restores, with the packaged command. */
class BinlogCommandsIT {

    private SqlServer server;
    private Workspace workspace;

    @BeforeEach
    void open(@TempDir Path folder) {
        server = MariaDb.start();
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY AUTO_INCREMENT, name TEXT)",
                "INSERT INTO shop.item (name) VALUES ('before the dump')");
        workspace = Workspace.in(folder);
        workspace.job(JobFile.named("dump")
                .then(JobFile.Step.to("dump", "dumper", "mysqldump", "dsn", dsn(server) + "/shop",
                        "fileName", "shop.sql", "options", "--databases shop"))
                .then(JobFile.Step.to("checksum", "algorithm", "sha256"))
                .then(workspace.keep()));
        workspace.job(JobFile.named("log").then(JobFile.Step.to("binlog", "operation", "archive", "dsn", dsn(server),
                "tlsMode", "DISABLED", "spoolDirectory", folder.resolve("spool").toString(),
                "storage", "storage:file:" + folder.resolve("archive"))));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void findsTheDropAndRestoresToTheMomentBefore() throws Exception {
        assertThat(workspace.onedump("dump", "--job", "dump").run().exitCode()).isZero();
        insert("after the dump");
        server.execute("FLUSH BINARY LOGS");
        insert("in the next file");
        await(Instant.now().plusSeconds(2));
        Instant moment = Instant.now().minusMillis(500);
        server.execute("DROP TABLE shop.item");

        Outcome sync = workspace.onedump("binlog", "syncs3", "--job", "log").run();
        assertThat(sync.exitCode()).as(sync.everything()).isZero();
        JsonObject result = (JsonObject) Jsoner.deserialize(sync.output());
        assertThat(result).containsEntry("ok", true).containsEntry("error", "").containsKeys("finished_at", "files");

        Outcome find = workspace.onedump("binlog", "find", "--job", "log", "--ddl", "--table", "shop.item").run();
        Matcher drop = Pattern.compile("(?m)^(\\S+)  (\\S+):(\\d+)-\\d+  (\\S+) .*DROP TABLE").matcher(find.output());
        assertThat(drop.find()).as(find.everything()).isTrue();

        Outcome verify = workspace.onedump("binlog", "verify", "--job", "log").run();
        assertThat(verify.exitCode()).as(verify.everything()).isZero();
        assertThat(verify.output()).contains("0 problems");

        Outcome status = workspace.onedump("binlog", "status", "--job", "log").run();
        assertThat(status.exitCode()).as(status.everything()).isZero();
        assertThat((JsonObject) Jsoner.deserialize(status.output()))
                .containsEntry("healthy", true).containsKeys("lag_bytes", "lag_seconds", "oldest", "purge_percent")
                .containsEntry("gaps", new JsonArray());

        List<String[]> ways = List.of(
                new String[] {"--from-dump", workspace.kept().resolve("shop.sql.zst").toString(),
                        "--end-file", drop.group(2), "--end-pos", drop.group(3)},
                new String[] {"--from-dump", "shop.sql.zst", "--dump-job", "dump", "--before-gtid", drop.group(4),
                        "--engine", "replica"},
                new String[] {"--from-dump", "latest", "--dump-job", "dump", "--to", moment.toString()});
        for (String[] way : ways) {
            try (SqlServer target = MariaDb.start("--server-id=2")) {
                Outcome restore = restore(target, way).run();
                assertThat(restore.exitCode()).as(restore.everything()).isZero();
                assertThat(names(target)).containsExactly("before the dump", "after the dump", "in the next file");
            }
        }
        assertThat(workspace.folder().resolve("spool/restore")).isEmptyDirectory();
    }

    @Test
    void restoresFromAFolderOfFilesWithoutAnyJob() throws Exception {
        assertThat(workspace.onedump("dump", "--job", "dump").run().exitCode()).isZero();
        insert("after the dump");
        server.execute("FLUSH BINARY LOGS");
        insert("in the file that is still written");
        Path copies = copies();

        for (String engine : List.of("tool", "replica")) {
            try (SqlServer target = MariaDb.start("--server-id=2")) {
                Outcome restore = workspace.onedump("binlog", "restore", "--dir", copies.toString(), "--target-dsn",
                        dsn(target), "--from-dump", workspace.kept().resolve("shop.sql.zst").toString(), "--to-end",
                        "--engine", engine).run();

                assertThat(restore.exitCode()).as(restore.everything()).isZero();
                assertThat(names(target)).containsExactly("before the dump", "after the dump",
                        "in the file that is still written");
            }
        }
    }

    /** For whoever wants to read it first, or to run it with a client of his own. */
    @Test
    void printsWhatWouldBeRunAsSqlAndNothingElse() throws Exception {
        assertThat(workspace.onedump("dump", "--job", "dump").run().exitCode()).isZero();
        insert("after the dump");
        server.execute("FLUSH BINARY LOGS");
        insert("in the next file");
        assertThat(workspace.onedump("binlog", "sync", "--job", "log").run().exitCode()).isZero();
        String dump = workspace.kept().resolve("shop.sql.zst").toString();

        for (Invocation print : List.of(
                workspace.onedump("binlog", "restore", "--job", "log", "--from-dump", dump, "--to-end", "--sql"),
                workspace.onedump("binlog", "restore", "--dir", copies().toString(), "--from-dump", dump, "--to-end",
                        "--sql"))) {
            Outcome printed = print.run();
            assertThat(printed.exitCode()).as(printed.errors()).isZero();
            assertThat(printed.output()).doesNotContain("INFO", "restored");
            try (SqlServer target = MariaDb.start("--server-id=2")) {
                target.restore(new ByteArrayInputStream(printed.output().getBytes(StandardCharsets.UTF_8)), "");
                assertThat(names(target)).containsExactly("before the dump", "after the dump", "in the next file");
            }
        }
        assertThat(workspace.folder().resolve("spool/restore")).isEmptyDirectory();

        Outcome without = workspace.onedump("binlog", "restore", "--job", "log", "--from-dump", dump, "--to-end",
                "--sql", "--binlog-tool", "/no/such/program").run();
        assertThat(without.exitCode()).as(without.everything()).isEqualTo(2);
        assertThat(without.errors()).contains("the tool of the family that wrote them");
        assertThat(without.output()).isEmpty();

        Outcome both = workspace.onedump("binlog", "restore", "--job", "log", "--from-dump", dump, "--to-end",
                "--sql", "--target-dsn", dsn(server)).run();
        assertThat(both.exitCode()).isEqualTo(1);
        assertThat(both.errors()).contains("--sql prints and asks no server");
    }

    private Path copies() throws IOException {
        Path copies = Files.createDirectory(workspace.folder().resolve("copies"));
        try (Stream<Path> files = Files.list(server.dataDir())) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches("binlog\\.\\d+")).toList()) {
                Files.copy(file, copies.resolve(file.getFileName()));
            }
        }
        return copies;
    }

    @Test
    void showsThePlanOfARestoreAndChangesNothing() {
        assertThat(workspace.onedump("dump", "--job", "dump").run().exitCode()).isZero();
        insert("after the dump");
        assertThat(workspace.onedump("binlog", "syncsftp", "--job", "log").run().exitCode()).isZero();

        try (SqlServer target = MariaDb.start("--server-id=2")) {
            Outcome dry = restore(target, "--from-dump", "latest", "--dump-job", "dump", "--to-end", "--dry-run").run();

            assertThat(dry.exitCode()).as(dry.everything()).isZero();
            assertThat(dry.output()).contains("apply    1 transactions").contains("nothing was changed");
            assertThatThrownBy(() -> names(target)).hasMessageContaining("Unknown database");
        }
        Outcome none =
                restore(server, "--from-dump", "latest", "--dump-job", "dump", "--to", "2020-01-01T00:00:00Z").run();
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.errors()).contains("has kept no dump latest from before 2020");
    }

    @Test
    void refusesAMomentThatIsNotArchivedYet() throws Exception {
        assertThat(workspace.onedump("binlog", "sync", "--job", "log").run().exitCode()).isZero();

        Outcome outcome = workspace.onedump("binlog", "restore", "--job", "log", "--target-dsn", dsn(server),
                "--start-file", "binlog.000001", "--to", "2099-01-01T00:00:00Z").run();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.errors()).contains("the archive ends at");
    }

    @Test
    void sayWhatIsWrongWithTheArguments() {
        assertThat(workspace.onedump("binlog", "sync", "--job", "nobody").run().exitCode()).isEqualTo(1);
        assertThat(workspace.onedump("binlog", "sync", "--job", "dump").run().errors()).contains("no binlog:"
                + " endpoints");
        assertThat(workspace.onedump("binlog", "find", "--job", "log", "--since", "yesterday").run().errors())
                .contains("is not a time with its zone");
        assertThat(workspace.onedump("binlog", "restore", "--job", "log", "--target-dsn", dsn(server), "--to-end").run()
                .errors())
                .contains("--start-file");
    }

    @Test
    void endsWithTheStoragesCodeWhenTheStorageFails() throws Exception {
        Files.writeString(workspace.folder().resolve("archive"), "a file where the folder should be");

        Outcome outcome = workspace.onedump("binlog", "sync", "--job", "log").run();

        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(3);
        assertThat(outcome.output()).contains("\"ok\":false");
    }

    @Test
    void triesNothingAgainWhereTheBucketIsMissing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedCloud s3 = ScriptedCloud.start(request -> {
            asked.incrementAndGet();
            return ScriptedCloud.xml(404, "<Error><Code>NoSuchBucket</Code><Message>none</Message></Error>");
        })) {
            workspace.job(JobFile.named("bucket").then(JobFile.Step.to("binlog", "operation", "archive", "dsn",
                    dsn(server), "tlsMode", "DISABLED", "spoolDirectory",
                    workspace.folder().resolve("other-spool").toString(), "storage",
                    "storage:aws2-s3:absent?accessKey=a&secretKey=b&region=us-east-1&overrideEndpoint=true"
                            + "&forcePathStyle=true&uriEndpointOverride=" + s3.endpoint())));

            Outcome outcome = workspace.onedump("binlog", "sync", "--job", "bucket").run();

            assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(3);
            assertThat(outcome.everything()).contains("there is no bucket 'absent'").doesNotContain("going on in");
            assertThat(asked).hasValueLessThan(5);
        }
    }

    @Test
    void archivesAFolderOfCopiedFiles() throws Exception {
        insert("one");
        server.execute("FLUSH BINARY LOGS");
        insert("two");
        Path copies = copies();
        workspace.job(JobFile.named("folder").then(JobFile.Step.to("binlog", "operation", "archive",
                "source", "directory", "directory", copies.toString(), "spoolDirectory",
                workspace.folder().resolve("spool2").toString(),
                "storage", "storage:file:" + workspace.folder().resolve("archive2"))));

        Outcome first = workspace.onedump("binlog", "sync", "--job", "folder").run();
        Outcome second = workspace.onedump("binlog", "sync", "--job", "folder").run();

        assertThat(first.output()).as(first.everything()).contains("\"files\":1,").contains("\"ok\":true");
        assertThat(second.output()).contains("\"files\":0,").contains("\"ok\":true");
        assertThat(workspace.onedump("binlog", "verify", "--job", "folder").run().output()).contains("1 files")
                .contains("0 problems");
    }

    private Invocation restore(SqlServer target, String... options) {
        return workspace.onedump("binlog", "restore", "--job", "log", "--target-dsn", dsn(target)).with(options);
    }

    private void insert(String name) {
        server.execute("INSERT INTO shop.item (name) VALUES ('" + name + "')");
    }

    private static List<String> names(SqlServer target) throws Exception {
        try (Connection connection = target.connect("shop");
                ResultSet rows = connection.createStatement().executeQuery("SELECT name FROM item ORDER BY id")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private static void await(Instant moment) {
        Awaitility.await().pollDelay(Duration.between(Instant.now(), moment)).until(() -> true);
    }

    private static String dsn(SqlServer server) {
        return "mysql://root@" + server.host() + ":" + server.port();
    }
}
