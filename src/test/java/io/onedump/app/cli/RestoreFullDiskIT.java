package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.onedump.job.ExitCode;
import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.Postgres;
import io.onedump.servers.SmallDisk;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A target without room ends a restore, and the same command goes on when there is room. */
@Timeout(180)
class RestoreFullDiskIT {

    @TempDir
    private Path folder;

    @Test
    void onMariaDb() throws Exception {
        onMySqlFamily(MariaDb::start, "seq_1_to_40000");
    }

    @Test
    void onMySql() throws Exception {
        onMySqlFamily(MySql::start,
                "(WITH RECURSIVE s AS (SELECT 1 seq UNION ALL SELECT seq + 1 FROM s WHERE seq < 40000)"
                        + " SELECT /*+ SET_VAR(cte_max_recursion_depth = 50000) */ seq FROM s) s");
    }

    private void onMySqlFamily(Supplier<SqlServer> start, String numbers) throws Exception {
        try (SqlServer server = start.get()) {
            server.execute("CREATE DATABASE shop", "CREATE DATABASE again");
            server.executeIn("shop", "CREATE TABLE a (id int PRIMARY KEY, t text)",
                    "INSERT INTO a SELECT seq, REPEAT(MD5(seq), 20) FROM " + numbers, "CREATE TABLE b LIKE a",
                    "INSERT INTO b SELECT * FROM a");
            try (SmallDisk disk = SmallDisk.mount(server.dataDir().resolve("again"), 40)) {
                goesOn(server, "mysql", disk);
                server.execute("DROP TABLE again.a, again.b");
            }
        }
    }

    @Test
    void onPostgres() throws Exception {
        try (SqlServer server = Postgres.start()) {
            server.execute("CREATE DATABASE shop");
            server.executeIn("shop", "CREATE TABLE a (id int PRIMARY KEY, t text)",
                    "INSERT INTO a SELECT i, repeat(md5(i::text), 20) FROM generate_series(1, 40000) i",
                    "ALTER TABLE a ALTER t SET STORAGE plain", "CREATE TABLE b AS SELECT * FROM a");
            Path small = Files.createDirectory(server.dataDir().resolveSibling("small"));
            try (SmallDisk disk = SmallDisk.mount(small, 45)) {
                Path tables = Files.createDirectory(small.resolve("tables"));
                assertThat(new ProcessBuilder("chown", "-R", "postgres", small.toString()).start().waitFor()).isZero();
                server.execute("CREATE TABLESPACE small LOCATION '" + tables + "'",
                        "CREATE DATABASE again TABLESPACE small");
                goesOn(server, "postgres", disk);
                server.execute("DROP DATABASE again", "DROP TABLESPACE small");
            }
        }
    }

    private void goesOn(SqlServer server, String scheme, SmallDisk disk) {
        assumeThat(disk.isMounted()).as("a small disk can be mounted").isTrue();
        String dsn = scheme + "://" + server.user() + "@127.0.0.1:" + server.port() + "/";
        Workspace workspace = Workspace.in(folder);
        workspace.job(JobFile.named("shop").then(to("dump", "dumper", scheme + "-native", "dsn", dsn + "shop"))
                .then(to("checksum", "algorithm", "sha256")).then(workspace.keep()));
        Outcome dumped = workspace.onedump("dump", "--job", "shop").run();
        assertThat(dumped.exitCode()).as(dumped.everything()).isZero();

        Outcome full = restore(workspace, dsn);
        assertThat(full.exitCode()).as(full.everything()).isEqualTo(ExitCode.PRODUCER.code());
        assertThat(full.errors()).containsPattern("(?i)is full|no space left").doesNotContain("\tat ");

        disk.grow(400);
        Outcome whole = restore(workspace, dsn);
        assertThat(whole.exitCode()).as(whole.everything()).isZero();
        assertThat(whole.output()).contains("2 tables, 80,000 rows, all equal");
    }

    private static Outcome restore(Workspace workspace, String dsn) {
        return workspace.onedump("restore", "--job", "shop", "--target-dsn", dsn + "again").run();
    }
}
