package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.Command;
import io.onedump.servers.MariaDb;
import io.onedump.servers.S3Proxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that the machine that makes them cannot read: through the packaged command, there and back. */
class SealedBackupIT {

    private static final String PASSPHRASE = "tr0ub4dor & c0rrecthorse";

    private static MariaDb server;
    private static MariaDb target;
    private static S3Proxy s3;

    private Workspace workspace;
    private Path folder;
    private Path key;
    private String recipient;

    @BeforeAll
    static void start() {
        server = MariaDb.start();
        target = MariaDb.start();
        s3 = S3Proxy.start();
        s3.createBucket("backups");
        server.loadShop();
    }

    @AfterAll
    static void stop() {
        server.close();
        target.close();
        s3.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        this.folder = folder;
        workspace = Workspace.in(folder);
        target.execute("DROP DATABASE IF EXISTS shop", "DROP DATABASE IF EXISTS rescue");
        key = folder.resolve("shop.key");
        Outcome outcome = Invocation.of(folder, "keygen", "--output", key.toString()).run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        recipient = outcome.output().strip();
    }

    private Outcome backUp(String dumper, JobFile.Step seal, JobFile.Step... storages) {
        workspace.job(JobFile.named("shop")
                .then(to("dump", "dumper", dumper, "dsn", "mysql://root@127.0.0.1:" + server.port() + "/shop", "spool",
                        "false"))
                .then(seal).inParallel(storages));
        return workspace.onedump("dump", "--job", "shop").run();
    }

    private JobFile.Step seal() {
        return to("encrypt", "format", "age", "recipients", recipient);
    }

    private Path kept() {
        return folder.resolve("kept");
    }

    private JobFile.Step inFolder() {
        return to("storage", "delegate", "file:" + kept());
    }

    private Outcome restore(String... arguments) {
        return workspace.onedump("restore", "--job", "shop", "--target-dsn",
                "mysql://" + target.user() + "@" + target.host() + ":" + target.port() + "/rescue").with(arguments)
                .run();
    }

    private static boolean isUntouched() throws Exception {
        try (Connection connection = target.connect(""); var statement = connection.createStatement();
                var found = statement.executeQuery("SHOW DATABASES LIKE 'rescue'")) {
            return !found.next();
        }
    }

    private Path sealed() throws IOException {
        try (Stream<Path> files = Files.list(kept())) {
            return files.filter(file -> file.toString().endsWith(".age")).findFirst().orElseThrow();
        }
    }

    @Test
    void keygenNeverReplacesAnIdentity() throws Exception {
        String before = Files.readString(key);
        Outcome again = Invocation.of(folder, "keygen", "--output", key.toString()).run();

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.everything()).contains("it is there already and is not replaced");
        assertThat(key).content().isEqualTo(before).contains("# public key: " + recipient);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
        assertThat(Command.of("age-keygen", "-y", key.toString()).run().strip()).isEqualTo(recipient);
    }

    @Test
    void whatIsSealedComesBackFromEveryStorageAndFromAgeItself() throws Exception {
        Outcome outcome = backUp("mysql-native", seal(), inFolder(), Storages.s3(s3, "backups"));
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        Path sealed = sealed();
        assertThat(sealed.getFileName().toString()).matches("shop-\\d{8}-\\d{6}\\.sql\\.zst\\.age");
        assertThat(Storages.sha256sumAccepts(sealed.resolveSibling(sealed.getFileName() + ".checksum"))).isTrue();
        assertThat(workspace.onedump("list", "--job", "shop").run().output())
                .contains(sealed.getFileName().toString());
        assertThat(Command.of("sh", "-c", "age -d -i " + key + " " + sealed + " | zstd -dc | tail -n 2").run())
                .contains("Dump completed");

        Outcome download = workspace.onedump("download", "--job", "shop", "--output",
                folder.resolve("opened").toString(), "--identity", key.toString()).run();
        assertThat(download.exitCode()).as(download.everything()).isZero();
        Command.of("zstd", "-t", folder.resolve("opened").resolve(sealed.getFileName().toString().replace(".age", ""))
                .toString()).run();

        Outcome restored = restore("--identity", key.toString());
        assertThat(restored.exitCode()).as(restored.everything()).isZero();
        assertThat(restored.output()).contains("rows, all equal");
        Files.walk(kept()).filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
        target.execute("DROP DATABASE rescue");
        Outcome table = restore("--identity", key.toString(), "--table", "shop.customers");
        assertThat(table.exitCode()).as(table.everything()).isZero();
        assertThat(table.output()).contains("all equal");
    }

    @Test
    void aToolsDumpComesBackThroughTheSeal() throws Exception {
        Outcome outcome = backUp("mysqldump", seal(), inFolder());
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        target.execute("CREATE DATABASE rescue CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");

        Outcome restored = restore("--identity", key.toString());
        assertThat(restored.exitCode()).as(restored.everything()).isZero();
        assertThat(target.snapshot("rescue").lines()).hasSameSizeAs(server.snapshot("shop").lines());
        assertThat(workspace.work()).satisfies(work -> assertThat(Files.walk(work).filter(Files::isRegularFile)
                .filter(file -> !file.toString().endsWith(".lock"))).isEmpty());
    }

    @Test
    void aWrongOrMissingIdentityIsToldBeforeAnythingIsWritten() throws Exception {
        assertThat(backUp("mysql-native", seal(), inFolder()).exitCode()).isZero();
        Path other = folder.resolve("other.key");
        Invocation.of(folder, "keygen", "--output", other.toString()).run();
        Path opened = folder.resolve("opened");

        Outcome without = restore();
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.errors()).contains("it is sealed for one recipient, and the identity of none is given",
                "--identity");
        Outcome wrong = restore("--identity", other.toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains("the identity is wrong: it is sealed for one recipient");
        Outcome missing = restore("--identity", folder.resolve("nothing").toString());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.errors()).contains("there is no such file");
        assertThat(isUntouched()).isTrue();

        Outcome download = workspace.onedump("download", "--job", "shop", "--output", opened.toString(), "--identity",
                other.toString()).run();
        assertThat(download.exitCode()).isEqualTo(3);
        assertThat(download.errors()).contains("the identity is wrong");
        assertThat(opened).isEmptyDirectory();
        assertThat(restore("--identity", other.toString(), "--identity", key.toString()).exitCode()).isZero();
    }

    @Test
    void nobodySeesAnIdentityOrAPassphrase() throws Exception {
        Path secret = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        String identity = Files.readAllLines(key).get(2);
        try (ProcessWatch watch = ProcessWatch.start(folder)) {
            List<Outcome> outcomes = List.of(
                    backUp("mysql-native",
                            to("encrypt", "format", "age", "passphrase", "{{file:" + secret + "}}"), inFolder()),
                    workspace.onedump("validate", "--verbose").run(),
                    restore("--passphrase-file", secret.toString(), "--verbose"),
                    restore("--identity", key.toString(), "--verbose"));
            assertThat(outcomes).extracting(Outcome::exitCode).containsExactly(0, 0, 0, 2);
            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.everything()).doesNotContain("tr0ub4dor",
                    "c0rrecthorse", identity.substring(16)));
            assertThat(watch.seen()).isNotEmpty().noneMatch(text -> text.contains("c0rrecthorse")
                    || text.contains(identity.substring(16)));
        }
        try (Stream<Path> files = Files.walk(workspace.work())) {
            assertThat(files.filter(Files::isRegularFile)).allSatisfy(file -> assertThat(Files.size(file)).isZero());
        }
        assertThat(Files.readString(sealed().resolveSibling(sealed().getFileName() + ".checksum")))
                .doesNotContain("c0rrecthorse");
    }
}
