package io.onedump.dump.mysql;

import java.util.List;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class MariaDbConsistencyIT extends ConsistencyContract {

    @Override
    SqlServer start(String... options) {
        return MariaDb.start(options);
    }

    @Override
    List<Way> ways() {
        return List.of(new Way("binlog-snapshot", "reader", true), new Way("backup-stage", "root", true),
                new Way("lock-tables", "root", true), new Way("lock-tables", "locker", false),
                new Way("global-lock", "root", true), new Way("one-connection", "reader", false));
    }

    @Override
    List<String> replicateFrom(String file, long position) {
        return List.of("CHANGE MASTER TO MASTER_HOST='" + server.host() + "', MASTER_PORT=" + server.port()
                + ", MASTER_USER='root', MASTER_LOG_FILE='" + file + "', MASTER_LOG_POS=" + position
                + ", MASTER_USE_GTID=no", "START SLAVE");
    }

    @Override
    List<String> replicateFrom(String gtid) {
        return List.of("SET GLOBAL gtid_slave_pos = '" + gtid + "'", "CHANGE MASTER TO MASTER_HOST='" + server.host()
                + "', MASTER_PORT=" + server.port() + ", MASTER_USER='root', MASTER_USE_GTID=slave_pos",
                "START SLAVE");
    }

    @Override
    List<String> forgetReplication() {
        return List.of("STOP SLAVE", "RESET SLAVE ALL");
    }

    @Override
    String replicaStatus() {
        return "SHOW SLAVE STATUS";
    }
}
