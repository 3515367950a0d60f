package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.ProducerFailedException;
import io.onedump.servers.MariaDb;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.Sshd;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDbDumpIT {

    private MariaDb original;
    private MariaDb restored;

    @TempDir
    private Path folder;

    private DumpRoute route;

    @BeforeAll
    void start() {
        original = MariaDb.start();
        restored = MariaDb.start();
        original.loadShop();
    }

    @AfterAll
    void stop() {
        original.close();
        restored.close();
    }

    @BeforeEach
    void clear() throws IOException {
        restored.execute("DROP DATABASE IF EXISTS shop", "DROP DATABASE IF EXISTS empty_shop",
                "CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                "CREATE DATABASE empty_shop CHARACTER SET latin1");
        deleteAll(stored());
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void leavesNothingInTheWorkFolder() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd"})
    void comesBackWithEveryRowInEachCompression(String compression) throws Exception {
        route.run(dump("shop") + "&compression=" + compression + "&fileName=shop.sql", toFolder());

        restore(single());
        assertSame("shop");
    }

    @Test
    void comesBackFromFileS3AndSftp() throws Exception {
        try (S3Proxy s3 = S3Proxy.start(); Sshd sshd = Sshd.start()) {
            s3.createBucket("backups");
            AWS2S3Component component = new AWS2S3Component();
            component.getConfiguration().setAmazonS3Client(s3.client());
            route.context().addComponent("aws2-s3", component);

            route.run(dump("shop") + "&fileName=shop.sql", toFolder(), "storage:aws2-s3:backups?path=daily",
                    "storage:sftp:" + sshd.user() + "@" + sshd.host() + ":" + sshd.port() + "/" + sshd.workFolder()
                            + "?privateKeyFile=" + sshd.key().file() + "&knownHostsFile=" + sshd.knownHosts());

            assertThat(s3.objects("backups")).contains("daily/shop.sql.zst");
            try (InputStream in =
                    s3.client().getObject(request -> request.bucket("backups").key("daily/shop.sql.zst"))) {
                restored.restore(DumpRoute.decompressed("shop.sql.zst", in), "shop");
            }
            assertSame("shop");
            assertThat(sshd.workFolder().resolve("shop.sql.zst"))
                    .hasSameBinaryContentAs(stored().resolve("shop.sql.zst"));
            clear();
            restore(sshd.workFolder().resolve("shop.sql.zst"));
            assertSame("shop");
        }
    }

    @Test
    void dumpsAnEmptyDatabase() throws Exception {
        route.run(dump("empty_shop"), toFolder());

        assertThat(single().getFileName()).asString().matches("route\\d+-empty_shop-\\d{8}-\\d{6}\\.sql\\.zst");
        restored.restore(DumpRoute.decompressed(single()), "empty_shop");
        assertSame("empty_shop");
    }

    @Test
    void dumpsAWholeServer() throws Exception {
        try (MariaDb fresh = MariaDb.start()) {
            route.run(dump(""), toFolder());

            fresh.restore(DumpRoute.decompressed(single()), "");
            assertThat(fresh.snapshot("shop").differencesFrom(original.snapshot("shop"))).isEmpty();
            assertThat(fresh.snapshot("empty_shop")).isEqualTo(original.snapshot("empty_shop"));
        }
        assertThat(single().getFileName()).asString().matches("route\\d+-all-.*");
    }

    @Test
    void dumpsWithoutASpool() throws Exception {
        route.run(dump("shop") + "&spool=false", toFolder());

        restore(single());
        assertSame("shop");
    }

    @Test
    void notesTheBinlogCoordinatesAsAComment() throws Exception {
        route.run(dump("shop"), toFolder());

        assertThat(DumpRoute.text(single())).containsPattern(
                "-- CHANGE MASTER TO MASTER_LOG_FILE='binlog\\.\\d+', MASTER_LOG_POS=\\d+;");
    }

    /** What docs/dump.md lists, and no more. */
    @Test
    void dumpsEverythingWithTheLeastPrivilegesAndSaysWhatIsLeftOut() throws Exception {
        original.createUser("least", "secret", "SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON shop.*",
                "SELECT ON mysql.proc");
        String log;
        log = logOf(() -> route.run(dump("shop", "least", "secret"), toFolder()));

        restore(single());
        assertSame("shop");
        assertThat(DumpRoute.text(single())).doesNotContain("CHANGE MASTER TO");
        assertThat(log).contains("INFO").contains("no binlog coordinates in the dump").doesNotContain("secret");
    }

    @Test
    void logsInWithAPasswordOfEveryKindOfCharacter() throws Exception {
        String password = "p&w+ 41%#@:/?=\"\\;!$`~^*()[]{}<>|,.-_ päß";
        original.execute("CREATE USER odd IDENTIFIED BY '" + password.replace("\\", "\\\\") + "'",
                "GRANT ALL ON *.* TO odd");
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");

        route.run("dump:mysqldump?compression=none&dsn=RAW(mysql://odd:" + encoded + "@" + original.host() + ":"
                + original.port() + "/empty_shop)", toFolder());

        assertThat(DumpRoute.text(single())).contains("-- Dump completed");
    }

    @Test
    void storesNothingWhenThePasswordIsWrong() {
        assertThatThrownBy(
                () -> route.run("dump:mysqldump?dsn=" + dsn("shop") + "&username=nobody&password=s3cret-s3cret",
                        toFolder()))
                .isInstanceOf(DumpException.class).isNotInstanceOf(DumpConnectException.class)
                .hasMessageContaining("dump mysqldump nobody@" + original.host())
                .hasMessageContaining("Access denied").hasMessageNotContaining("s3cret");
        assertNothingStored();
    }

    @Test
    void storesNothingWhenTheDatabaseIsMissing() {
        assertThatThrownBy(() -> route.run(dump("missing"), toFolder())).isInstanceOf(ProducerFailedException.class)
                .hasMessageContaining("Unknown database 'missing'");
        assertNothingStored();
    }

    @Test
    void saysThatNobodyAnswers() {
        assertThatThrownBy(() -> route.run("dump:mysqldump?dsn=mysql://root@127.0.0.1:1/shop", toFolder()))
                .isInstanceOf(DumpConnectException.class).hasMessageContaining("nobody answers at 127.0.0.1:1");
        assertNothingStored();
    }

    @Test
    void storesNothingWhenTheServerDiesHalfWay() throws Exception {
        try (MariaDb dying = MariaDb.start()) {
            dying.execute("CREATE DATABASE big", "CREATE TABLE big.t (v LONGTEXT)");
            dying.execute("INSERT INTO big.t SELECT REPEAT('x', 1000000) FROM mysql.help_topic LIMIT 200");
            Thread killer = new Thread(() -> {
                await().until(() -> !route.leftovers().isEmpty() && route.leftovers().stream()
                        .anyMatch(file -> file.toString().endsWith("big.sql") && file.toFile().length() > 0));
                dying.kill();
            });
            killer.start();

            assertThatThrownBy(() -> route.run("dump:mysqldump?compression=none&fileName=big.sql&dsn=mysql://root@"
                    + dying.host() + ":" + dying.port() + "/big", toFolder())).hasMessageContaining("exit code");
            killer.join();
            assertNothingStored();
        }
    }

    @Test
    void dumpsThroughTheUnixSocketWithEverythingThatIsAskedBefore() throws Exception {
        route.run("dump:mysqldump?fileName=socket.sql&dsn=root@unix(" + original.dataDir().resolveSibling("socket")
                + ")/shop", toFolder());

        assertThat(DumpRoute.text(single())).contains("-- CHANGE MASTER TO");
        restore(single());
        assertSame("shop");
    }

    /** The installed tool goes on in plain text then. */
    @ParameterizedTest
    @ValueSource(strings = {"ssl-mode=REQUIRED", "sslMode=VERIFY_CA", "tls=true", "tls=skip-verify", "useSSL=true",
            "requireSSL=true", "ssl=1", "ssl-verify-server-cert=1", "ssl-ca=/etc/ssl/certs/ca-certificates.crt"})
    void neverDumpsInPlainTextWhereTlsIsDemanded(String words) {
        assertThatThrownBy(() -> route.run("dump:mysqldump?dsn=RAW(mysql://root@" + original.host() + ":"
                + original.port() + "/shop?" + words + ")", toFolder())).isInstanceOf(DumpException.class)
                .hasMessageContaining("offers no TLS");

        assertNothingStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--all-databases", "--result-file=gone", "-A", "--help"})
    void takesADatabasesNameForANameWhateverItBeginsWith(String name) throws Exception {
        original.execute("CREATE DATABASE `" + name + "`", "CREATE TABLE `" + name + "`.mine (id INT)");
        try {
            route.run(dump(name) + "&fileName=odd.sql", toFolder());
        } finally {
            original.execute("DROP DATABASE `" + name + "`");
        }

        assertThat(DumpRoute.text(single())).contains("CREATE TABLE `mine`").doesNotContain("CREATE DATABASE")
                .doesNotContain("`customers`").contains("-- Dump completed");
    }

    private void assertNothingStored() {
        assertThat(stored()).satisfiesAnyOf(path -> assertThat(path).doesNotExist(),
                path -> assertThat(path).isEmptyDirectory());
    }

    private String dump(String database) {
        return dump(database, original.user(), "");
    }

    private String dump(String database, String user, String password) {
        return "dump:mysqldump?username=" + user + "&password=" + password + "&dsn=" + dsn(database);
    }

    private String dsn(String database) {
        return "mysql://" + original.host() + ":" + original.port() + "/" + database;
    }

    private String toFolder() {
        return "storage:file:" + stored() + "?sidecar=never";
    }

    private Path stored() {
        return folder.resolve("stored");
    }

    private Path single() throws IOException {
        try (Stream<Path> files = Files.list(stored())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private void restore(Path dump) throws IOException {
        restored.restore(DumpRoute.decompressed(dump), "shop");
    }

    private void assertSame(String database) throws SQLException {
        assertThat(restored.snapshot(database).differencesFrom(original.snapshot(database))).isEmpty();
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static String logOf(Work work) throws Exception {
        PrintStream usual = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true));
        try {
            work.run();
        } finally {
            System.setErr(usual);
        }
        return log.toString();
    }
}
