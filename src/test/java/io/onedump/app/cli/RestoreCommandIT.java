package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

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

/** {@code onedump restore} through the packaged command: what a job has kept comes back from wherever it is. */
class RestoreCommandIT {

    private static MariaDb server;
    private static MariaDb target;
    private static Postgres postgres;
    private static S3Proxy s3;
    private static Sshd sshd;

    private Workspace workspace;

    @BeforeAll
    static void start() {
        server = MariaDb.start();
        target = MariaDb.start();
        postgres = Postgres.start();
        s3 = S3Proxy.start();
        sshd = Sshd.start();
        s3.createBucket("backups");
        server.loadShop();
        postgres.loadShop();
    }

    @AfterAll
    static void stop() {
        server.close();
        target.close();
        postgres.close();
        s3.close();
        sshd.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        workspace = Workspace.in(folder);
        target.execute("DROP DATABASE IF EXISTS shop", "DROP DATABASE IF EXISTS rescue");
    }

    private void kept(String dumper, String dsn, JobFile.Step... storages) {
        workspace.job(JobFile.named("shop").then(to("dump", "dumper", dumper, "dsn", dsn)).then(to("checksum",
                "algorithm", "sha256")).inParallel(storages));
        Outcome outcome = workspace.onedump("dump", "--job", "shop").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
    }

    private Outcome restore(SqlServer into, String family, String database, String... arguments) {
        return workspace.onedump("restore", "--job", "shop", "--target-dsn",
                family + "://" + into.user() + "@" + into.host() + ":" + into.port() + "/" + database)
                .with(arguments).run();
    }

    private static String dsn() {
        return "mysql://root@127.0.0.1:" + server.port() + "/shop";
    }

    private static long tables(SqlServer of, String database) throws SQLException {
        try (Connection connection = of.connect(""); var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema"
                        + " = '" + database + "'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aNativeDumpComesBackFromS3AndIsProved() throws Exception {
        kept("mysql-native", dsn(), Storages.s3(s3, "backups"), Storages.sftp(sshd));
        Outcome plan = restore(target, "mysql", "rescue", "--dry-run");
        assertThat(plan.exitCode()).as(plan.everything()).isZero();
        assertThat(plan.output()).contains("database  shop as rescue", "present   nothing of these names",
                "nothing was changed: this was a dry run");
        assertThat(tables(target, "rescue")).isZero();

        Outcome outcome = restore(target, "mysql", "rescue");
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.output()).contains("rows, all equal");
        assertThat(tables(target, "rescue")).isEqualTo(tables(server, "shop"));

        Outcome again = restore(target, "mysql", "rescue");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.errors()).contains("there is already rescue.", "--replace");
        Outcome replaced = restore(target, "mysql", "rescue", "--replace", "--json");
        assertThat(replaced.exitCode()).as(replaced.everything()).isZero();
        assertThat(replaced.output()).contains("\"different\":[]");
    }

    @Test
    void oneTableComesBackBesideTheLiveOnesBySftp() throws Exception {
        kept("mysql-native", dsn(), Storages.sftp(sshd));
        Outcome outcome = restore(target, "mysql", "", "--table", "customers", "--into-database", "rescue");
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.output()).contains("1 table, ", "all equal");
        assertThat(tables(target, "rescue")).isEqualTo(1);
        assertThat(tables(target, "shop")).isZero();
    }

    @Test
    void whatIsNotAsItWasDumpedIsNamed() throws Exception {
        kept("mysql-native", dsn(), workspace.keep());
        assertThat(restore(target, "mysql", "shop").exitCode()).isZero();
        target.execute("SET foreign_key_checks = 0", "DELETE FROM shop.customers ORDER BY id LIMIT 1");
        Outcome outcome = restore(target, "mysql", "shop", "--compare-only");
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(2);
        assertThat(outcome.output()).contains("1 not as they were dumped");
        assertThat(outcome.errors()).contains("NOT EQUAL: shop.customers: ");
    }

    @Test
    void dumpsOfToolsComeBackAsAWhole() throws Exception {
        kept("mysqldump", dsn(), workspace.keep());
        target.execute("CREATE DATABASE rescue");
        Outcome outcome = restore(target, "mysql", "rescue");
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.output()).contains(": as a whole, not compared").doesNotContain("0 tables");
        assertThat(tables(target, "rescue")).isEqualTo(tables(server, "shop"));
        Outcome again = restore(target, "mysql", "rescue");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.errors()).contains("--replace");
        Outcome part = restore(target, "mysql", "rescue", "--table", "customers", "--replace");
        assertThat(part.exitCode()).isEqualTo(2);
        assertThat(part.errors()).contains("comes back as a whole");
        assertThat(workspace.spooled()).isEmpty();
    }

    @Test
    void dumpsOfPostgresComeBackByItsOwnClients() throws Exception {
        for (String options : new String[] {"", "--format=custom"}) {
            postgres.execute("DROP DATABASE IF EXISTS rescue");
            workspace.job(JobFile.named(options.isEmpty() ? "plain" : "custom")
                    .then(to("dump", "dumper", "pgdump", "dsn", "postgres://" + postgres.user() + "@127.0.0.1:"
                            + postgres.port() + "/shop", "options", options))
                    .then(to("checksum", "algorithm", "sha256")).then(workspace.keep()));
            String job = options.isEmpty() ? "plain" : "custom";
            assertThat(workspace.onedump("dump", "--job", job).run().exitCode()).isZero();
            postgres.execute("CREATE DATABASE rescue");
            Outcome outcome = workspace.onedump("restore", "--job", job, "--target-dsn", "postgres://"
                    + postgres.user() + "@127.0.0.1:" + postgres.port() + "/rescue").run();
            assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
            assertThat(postgres.snapshot("rescue").differencesFrom(postgres.snapshot("shop"))).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrongWithWhatItWasGiven() throws Exception {
        Path file = Files.writeString(workspace.folder().resolve("notes.txt"), "nothing of the kind");
        String dsn = "mysql://root@127.0.0.1:" + target.port() + "/shop";
        Outcome foreign =
                Invocation.of(workspace.folder(), "restore", "--file", file.toString(), "--target-dsn", dsn).run();
        assertThat(foreign.exitCode()).isEqualTo(2);
        assertThat(foreign.errors()).contains("notes.txt is no dump that is known here");
        Outcome missing = Invocation.of(workspace.folder(), "restore", "--file", "gone.sql.zst", "--target-dsn", dsn)
                .run();
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.errors()).contains("--file gone.sql.zst");

        kept("mysql-native", dsn(), workspace.keep());
        Outcome none = restore(target, "mysql", "shop", "--artifact", "other.sql.zst");
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.errors()).contains("has kept no artifact other.sql.zst");
        Outcome postgresTarget = restore(postgres, "postgres", "rescue");
        assertThat(postgresTarget.exitCode()).isEqualTo(2);
        assertThat(postgresTarget.errors()).contains("the dump is of mariadb");
        Path artifact = workspace.kept().resolve(Workspace.artifacts(workspace.kept()).get(0));
        byte[] bytes = Files.readAllBytes(artifact);
        Path cut = Files.write(workspace.folder().resolve("cut.sql.zst"),
                java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Outcome truncated =
                Invocation.of(workspace.folder(), "restore", "--file", cut.toString(), "--target-dsn", dsn).run();
        assertThat(truncated.exitCode()).isEqualTo(2);
        assertThat(truncated.errors()).contains("cut.sql.zst", "cut off");
        assertThat(tables(target, "shop")).isZero();
    }
}
