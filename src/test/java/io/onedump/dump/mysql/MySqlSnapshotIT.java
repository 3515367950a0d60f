package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.onedump.servers.MySql;
import org.junit.jupiter.api.Test;

class MySqlSnapshotIT extends SnapshotContract {

    @Test
    void isOneByLocksOrThereIsOneConnectionOnly() throws Exception {
        try (MySql server = MySql.start("--gtid-mode=ON", "--enforce-gtid-consistency=ON")) {
            startWriters(server);
            server.createUser("reloader", "secret", "SELECT ON bank.*", "RELOAD ON *.*");
            server.createUser("reader", "secret", "SELECT ON bank.*");

            assertThat(assertOneMoment(server, "root", "", "lock-tables", 100)).isPositive();
            assertThat(assertOneMoment(server, "reloader", "secret", "global-lock", 100)).isPositive();
            assertThat(assertOneMoment(server, "reader", "secret", "one-connection", 10)).isPositive();
            endWriters();
        }
    }

    @Test
    void dumpsAreRightOrFailWhileTablesAreChanged() throws Exception {
        try (MySql server = MySql.start()) {
            startWriters(server);
            assertDumpsAreRightOrFail(server, 40);
            endWriters();
        }
    }
}
