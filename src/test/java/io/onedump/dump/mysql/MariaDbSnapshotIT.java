package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.onedump.servers.MariaDb;
import org.junit.jupiter.api.Test;

class MariaDbSnapshotIT extends SnapshotContract {

    @Test
    void isOneByThePlaceInTheBinlogWithoutAnyPrivilege() throws Exception {
        try (MariaDb server = MariaDb.start()) {
            startWriters(server);
            server.createUser("reader", "secret", "SELECT ON bank.*");

            assertThat(assertOneMoment(server, "reader", "secret", "binlog-snapshot", 100)).isPositive();
            endWriters();
        }
    }

    @Test
    void isOneByLocksWhereThereIsNoBinlog() throws Exception {
        try (MariaDb server = MariaDb.start("--skip-log-bin")) {
            startWriters(server);
            server.createUser("locker", "secret", "SELECT, LOCK TABLES ON bank.*");
            server.createUser("reader", "secret", "SELECT ON bank.*");

            assertThat(assertOneMoment(server, "root", "", "backup-stage", 100)).isPositive();
            assertThat(assertOneMoment(server, "locker", "secret", "lock-tables", 100)).isPositive();
            assertThat(assertOneMoment(server, "reader", "secret", "one-connection", 10)).isPositive();
            endWriters();
        }
    }

    @Test
    void dumpsAreRightOrFailWhileTablesAreChanged() throws Exception {
        try (MariaDb server = MariaDb.start()) {
            startWriters(server);
            assertDumpsAreRightOrFail(server, 40);
            endWriters();
        }
    }
}
