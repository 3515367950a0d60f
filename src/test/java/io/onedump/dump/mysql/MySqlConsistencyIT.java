package io.onedump.dump.mysql;

import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class MySqlConsistencyIT extends ConsistencyContract {

    @Override
    SqlServer start(String... options) {
        return MySql.start(Stream.concat(Stream.of("--gtid-mode=ON", "--enforce-gtid-consistency=ON"),
                Stream.of(options)).toArray(String[]::new));
    }

    @Override
    List<Way> ways() {
        return List.of(new Way("lock-tables", "root", true), new Way("lock-tables", "locker", false),
                new Way("global-lock", "root", true), new Way("one-connection", "reader", false));
    }

    @Override
    List<String> replicateFrom(String file, long position) {
        return List.of("RESET MASTER", "CHANGE REPLICATION SOURCE TO " + source() + ", SOURCE_LOG_FILE='" + file
                + "', SOURCE_LOG_POS=" + position + ", SOURCE_AUTO_POSITION=0", "START REPLICA");
    }

    @Override
    List<String> replicateFrom(String gtid) {
        return List.of("RESET MASTER", "SET GLOBAL gtid_purged = '" + gtid + "'", "CHANGE REPLICATION SOURCE TO "
                + source() + ", SOURCE_AUTO_POSITION=1", "START REPLICA");
    }

    private String source() {
        return "SOURCE_HOST='" + server.host() + "', SOURCE_PORT=" + server.port() + ", SOURCE_USER='root'";
    }

    @Override
    List<String> forgetReplication() {
        return List.of("STOP REPLICA", "RESET REPLICA ALL");
    }

    @Override
    String replicaStatus() {
        return "SHOW REPLICA STATUS";
    }
}
