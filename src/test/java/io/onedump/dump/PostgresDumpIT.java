package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import io.onedump.artifact.ProducerFailedException;
import io.onedump.servers.Postgres;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresDumpIT {

    private Postgres original;
    private Postgres restored;

    @TempDir
    private Path folder;

    private DumpRoute route;

    @BeforeAll
    void start() {
        original = Postgres.start();
        restored = Postgres.start();
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
                "CREATE DATABASE shop", "CREATE DATABASE empty_shop");
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void leavesNothingInTheWorkFolder() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
    }

    @ParameterizedTest
    @CsvSource({"none, shop.sql", "gzip, shop.sql.gz", "zstd, shop.sql.zst"})
    void comesBackWithEveryRowInEachCompression(String compression, String name) throws Exception {
        route.run(dump("pgdump", "shop") + "&compression=" + compression + "&fileName=shop.sql", toFolder());

        restored.restore(DumpRoute.decompressed(stored(name)), "shop");
        assertSame("shop");
    }

    @Test
    void comesBackFromFileS3AndSftp() throws Exception {
        try (S3Proxy s3 = S3Proxy.start(); Sshd sshd = Sshd.start()) {
            s3.createBucket("backups");
            AWS2S3Component component = new AWS2S3Component();
            component.getConfiguration().setAmazonS3Client(s3.client());
            route.context().addComponent("aws2-s3", component);

            route.run(dump("pgdump", "shop") + "&fileName=three.sql", toFolder(), "storage:aws2-s3:backups?path=daily",
                    "storage:sftp:" + sshd.user() + "@" + sshd.host() + ":" + sshd.port() + "/" + sshd.workFolder()
                            + "?privateKeyFile=" + sshd.key().file() + "&knownHostsFile=" + sshd.knownHosts());

            Path overSftp = sshd.workFolder().resolve("three.sql.zst");
            assertThat(overSftp).hasSameBinaryContentAs(stored("three.sql.zst"));
            try (InputStream in =
                    s3.client().getObject(request -> request.bucket("backups").key("daily/three.sql.zst"))) {
                restored.restore(DumpRoute.decompressed("three.sql.zst", in), "shop");
            }
            assertSame("shop");
        }
    }

    @ParameterizedTest
    @CsvSource({"pgdump, shop", "pgdumpall, ''"})
    void saysThatAnotherSessionHoldsATableLocked(String dumper, String database) throws Exception {
        try (Connection other = original.connect("shop")) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(() -> route
                    .run(dump(dumper, database) + "&fileName=locked.sql&options=--lock-wait-timeout=1s", toFolder()))
                    .hasMessageContaining("customers").hasMessageContaining("another session holds a lock")
                    .hasMessageContaining("--lock-wait-timeout=30min");
        }
        assertThat(stored("locked.sql.zst")).doesNotExist();
    }

    @Test
    void saysWhatHelpsAgainstRowSecurity() throws Exception {
        original.createUser("limited", "pw", "pg_read_all_data");
        original.execute("CREATE DATABASE guarded");
        try {
            original.executeIn("guarded", "CREATE TABLE t (a INT)", "ALTER TABLE t ENABLE ROW LEVEL SECURITY");
            String dump = "dump:pgdump?fileName=guarded.sql&username=limited&password=pw&dsn=" + dsn("guarded");

            assertThatThrownBy(() -> route.run(dump, toFolder())).hasMessageContaining("row-level security")
                    .hasMessageContaining("BYPASSRLS").hasMessageContaining("--enable-row-security");
            original.execute("ALTER ROLE limited BYPASSRLS");
            route.run(dump, toFolder());
        } finally {
            original.execute("DROP DATABASE guarded");
        }
        assertThat(DumpRoute.text(stored("guarded.sql.zst"))).contains("COPY public.t");
    }

    @Test
    void dumpsAnEmptyDatabase() throws Exception {
        route.run(dump("pgdump", "empty_shop") + "&fileName=empty.sql", toFolder());

        restored.restore(DumpRoute.decompressed(stored("empty.sql.zst")), "empty_shop");
        assertSame("empty_shop");
    }

    @Test
    void dumpsAWholeServerWithItsRoles() throws Exception {
        original.createUser("a role of the server", "secret");
        route.run(dump("pgdumpall", "") + "&fileName=all.sql&options=--exclude-database=postgres", toFolder());

        try (Postgres fresh = Postgres.start()) {
            // The administrator of the fresh server is there already.
            String script = DumpRoute.text(stored("all.sql.zst")).replace("CREATE ROLE postgres;\n", "");
            fresh.restore(Files.writeString(folder.resolve("all.sql"), script, StandardCharsets.ISO_8859_1), "");

            assertThat(fresh.snapshot("shop").differencesFrom(original.snapshot("shop"))).isEmpty();
            assertThat(fresh.snapshot("empty_shop")).isEqualTo(original.snapshot("empty_shop"));
            assertThat(fresh.connect("shop", "a role of the server", "secret").isValid(5)).isTrue();
        }
    }

    @Test
    void dumpsInTheFormsOfPgRestore() throws Exception {
        route.run(dump("pgdump", "shop") + "&compression=none&options=-Fc -Z0", toFolder());

        Path dump;
        try (var files = Files.list(folder.resolve("stored"))) {
            dump = files.filter(file -> file.toString().endsWith(".dump")).findFirst().orElseThrow();
        }
        int exitCode = new ProcessBuilder(restored.binary("pg_restore").toString(), "--exit-on-error", "--host="
                + restored.host(), "--port=" + restored.port(), "--username=postgres", "--dbname=shop", dump.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("pg_restore.log").toFile()).start().waitFor();
        assertThat(folder.resolve("pg_restore.log")).hasContent("");
        assertThat(exitCode).isZero();
        assertSame("shop");
    }

    @Test
    void dumpsEverythingWithTheLeastPrivilegesAndAPasswordOfEveryKindOfCharacter() throws Exception {
        String password = "p&w+ 41%#@:/?=\"\\;!$`~^*()[]{}<>|,.-_ päß";
        original.createUser("least", password, "pg_read_all_data");
        // That role does not reach large objects.
        original.execute("ALTER ROLE least SET lo_compat_privileges = on");
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");

        route.run("dump:pgdump?fileName=least.sql&dsn=RAW(postgres://least:" + encoded + "@" + original.host() + ":"
                + original.port() + "/shop)", toFolder());

        restored.restore(DumpRoute.decompressed(stored("least.sql.zst")), "shop");
        assertSame("shop");
    }

    @Test
    void storesNothingWhenThePasswordIsWrong() {
        original.createUser("wrong", "right");

        assertThatThrownBy(() -> route.run("dump:pgdump?fileName=wrong.sql&password=s3cret-s3cret&username=wrong&dsn="
                + dsn("shop"), toFolder())).isInstanceOf(DumpException.class)
                .isNotInstanceOf(DumpConnectException.class).hasMessageContaining("check username and password")
                .hasMessageNotContaining("s3cret");
        assertThat(stored("wrong.sql.zst")).doesNotExist();
    }

    @Test
    void storesNothingWhenAPrivilegeIsMissing() {
        original.createUser("stranger", "secret");

        assertThatThrownBy(() -> route.run("dump:pgdump?fileName=no.sql&password=secret&username=stranger&dsn="
                + dsn("shop"), toFolder())).isInstanceOf(ProducerFailedException.class)
                .hasMessageContaining("permission denied").hasMessageContaining("docs/dump.md");
        assertThat(stored("no.sql.zst")).doesNotExist();
    }

    @Test
    void saysThatNobodyAnswers() {
        assertThatThrownBy(() -> route.run("dump:pgdump?dsn=postgres://postgres@127.0.0.1:1/shop", toFolder()))
                .isInstanceOf(DumpConnectException.class).hasMessageContaining("Connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--file=gone", "-Fd", "postgres://other:1/x", "host=other"})
    void takesADatabasesNameForANameWhateverItBeginsWith(String name) throws Exception {
        original.execute("CREATE DATABASE \"" + name + "\"");
        try {
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
            route.run("dump:pgdump?fileName=odd.sql&username=postgres&dsn=RAW(" + dsn(encoded) + ")", toFolder());
        } finally {
            original.execute("DROP DATABASE \"" + name + "\"");
        }

        assertThat(DumpRoute.text(stored("odd.sql.zst"))).contains("-- PostgreSQL database dump complete");
    }

    /** Like a false server; pg_dump of every version answers it. */
    @Test
    void neverTellsThePasswordInPlainText() throws Exception {
        original.createUser("plain", "secret", "pg_read_all_data");
        Path rules = original.dataDir().resolve("pg_hba.conf");
        String before = Files.readString(rules);
        try {
            Files.writeString(rules, "host all plain all password\n" + before);
            original.execute("SELECT pg_reload_conf()");

            assertThatThrownBy(() -> route.run("dump:pgdump?fileName=plain.sql&password=secret&username=plain&dsn="
                    + dsn("shop"), toFolder())).isInstanceOf(DumpException.class)
                    .hasMessageContaining("asks for the password in plain text").hasMessageNotContaining("secret");
        } finally {
            Files.writeString(rules, before);
            original.execute("SELECT pg_reload_conf()");
        }
        assertThat(stored("plain.sql.zst")).doesNotExist();
    }

    private String dump(String dumper, String database) {
        return "dump:" + dumper + "?username=postgres&dsn=" + dsn(database);
    }

    private String dsn(String database) {
        return "postgres://" + original.host() + ":" + original.port() + "/" + database;
    }

    private String toFolder() {
        return "storage:file:" + folder.resolve("stored") + "?sidecar=never";
    }

    private Path stored(String name) {
        return folder.resolve("stored").resolve(name);
    }

    private void assertSame(String database) throws SQLException {
        assertThat(restored.snapshot(database).differencesFrom(original.snapshot(database))).isEmpty();
    }
}
