package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

/** The same of MySQL and MariaDB, with an archive of the binary log too. */
abstract class MySqlDrillContract extends DrillContract {

    @Override
    JobFile.Step dumpStep() {
        return JobFile.Step.to("dump", "dumper", "mysql-native", "dsn", dsn(server), "accounts", "true", "fileName",
                "all-${date:now:yyyyMMdd-HHmmss-SSS}.sql");
    }

    @Override
    String dsn(SqlServer of) {
        return "mysql://root@" + of.host() + ":" + of.port();
    }

    private void archiveIt() {
        workspace.job(JobFile.named("log").then(JobFile.Step.to("binlog", "operation", "archive", "dsn", dsn(server),
                "tlsMode", "DISABLED", "spoolDirectory", workspace.folder().resolve("spool").toString(),
                "storage", "storage:file:" + workspace.folder().resolve("archive"))));
    }

    @Test
    void goesOnWithTheArchiveToEachTarget() throws Exception {
        archiveIt();
        server.loadShop();
        dump();
        server.execute("CREATE DATABASE more", "CREATE TABLE more.t (id INT PRIMARY KEY AUTO_INCREMENT, f FLOAT)",
                "INSERT INTO more.t (f) VALUES (0.1234567), (1e-7)", "FLUSH BINARY LOGS");
        dump();
        server.execute("INSERT INTO more.t (f) VALUES (1.2345678)");
        Outcome sync = workspace.onedump("binlog", "sync", "--job", "log").run();
        assertThat(sync.exitCode()).as(sync.everything()).isZero();
        for (String target : new String[] {"end", "random", "next-dump"}) {
            Outcome drill = drill("--archive-job", "log", "--to", target).run();
            assertThat(drill.exitCode()).as(target + ": " + drill.everything()).isZero();
            assertThat(drill.output()).contains("proved", "archive  ");
        }
        workspace.assertNoProcess();
        assertThat(workspace.spooled()).isEmpty();
    }
}
