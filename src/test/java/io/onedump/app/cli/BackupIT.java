package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static io.onedump.app.cli.Workspace.assertUnseen;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import com.github.luben.zstd.ZstdInputStream;
import io.onedump.servers.MariaDb;
import io.onedump.servers.Postgres;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.SqlServer;
import io.onedump.servers.Sshd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole backups through the packaged command: dumped, kept in three storages, proved and restored. */
class BackupIT {

    private static final String PASSWORD = "p&+%#@:/\\ä\"'w";

    private static MariaDb mariaDb;
    private static Postgres postgres;
    private static S3Proxy s3;
    private static Sshd sshd;

    private Workspace workspace;

    @BeforeAll
    static void start() {
        mariaDb = MariaDb.start();
        postgres = Postgres.start();
        s3 = S3Proxy.start();
        sshd = Sshd.start();
        s3.createBucket("backups");
    }

    @AfterAll
    static void stop() {
        mariaDb.close();
        postgres.close();
        s3.close();
        sshd.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        workspace = Workspace.in(folder);
    }

    @Test
    void mariaDbComesBackFromWhereItWasKept() throws Exception {
        mariaDb.createUser("backup", PASSWORD.replace("\\", "\\\\").replace("'", "\\'"),
                "SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON *.*", "SELECT ON mysql.*", "RELOAD, BINLOG"
                        + " MONITOR ON *.*");
        mariaDb.loadShop();
        mariaDb.execute("CREATE DATABASE restored COLLATE utf8mb4_unicode_ci");
        backsUp(mariaDb, "mysqldump", "mysql://backup@127.0.0.1:" + mariaDb.port() + "/shop");
    }

    @Test
    void postgresComesBackFromWhereItWasKept() throws Exception {
        postgres.createUser("backup", PASSWORD.replace("'", "''"), "pg_read_all_data");
        postgres.loadShop();
        postgres.executeIn("shop", "GRANT SELECT ON LARGE OBJECT 4242 TO backup");
        postgres.execute("CREATE DATABASE restored");
        backsUp(postgres, "pgdump", "postgres://backup@127.0.0.1:" + postgres.port() + "/shop");
    }

    private void backsUp(SqlServer server, String dumper, String dsn) throws Exception {
        workspace.property("shop.password", PASSWORD)
                .job(JobFile.named("shop")
                        .then(to("dump", "dumper", dumper, "dsn", dsn, "password", "RAW({{shop.password}})",
                                "fileName", dumper + ".sql"))
                        .then(to("checksum", "algorithm", "sha256"))
                        .inParallel(workspace.keep(), Storages.s3(s3, "backups"), Storages.sftp(sshd)));
        Outcome outcome;
        try (ProcessWatch watch = ProcessWatch.start(workspace.folder())) {
            outcome = workspace.onedump("dump", "--job", "shop").run();
            assertThat(watch.seen()).anyMatch(process -> process.contains("--job shop"));
            assertUnseen(PASSWORD, outcome, watch.seen());
        }
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.output()).contains("shop: succeeded").contains("stored file:").contains("s3://")
                .contains("sftp://").contains("sha256");
        assertThat(workspace.spooled()).isEmpty();
        workspace.assertNoProcess();

        String name = dumper + ".sql.zst";
        for (Path folder : new Path[] {workspace.kept(), s3.folder("backups"), sshd.workFolder()}) {
            assertThat(Storages.sha256sumAccepts(folder.resolve(name + ".checksum"))).as(folder.toString()).isTrue();
            assertThat(Files.mismatch(folder.resolve(name), workspace.kept().resolve(name))).isEqualTo(-1);
        }
        assertThat(s3.pendingUploads("backups")).isEmpty();
        try (InputStream dump = new ZstdInputStream(Files.newInputStream(sshd.workFolder().resolve(name)))) {
            server.restore(dump, "restored");
        }
        assertThat(server.snapshot("restored").differencesFrom(server.snapshot("shop"))).isEmpty();
    }
}
