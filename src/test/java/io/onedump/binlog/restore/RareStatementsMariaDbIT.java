package io.onedump.binlog.restore;

import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class RareStatementsMariaDbIT extends RareStatementsContract {

    @Override
    SqlServer start(String... options) {
        return MariaDb.start(options);
    }

    @Override
    Stream<Engine> engines() {
        return Stream.of(Engine.TOOL, Engine.REPLICA);
    }

    @Override
    String[] replicaRights() {
        return new String[] {
                "SUPER, REPLICATION SLAVE ADMIN, BINLOG ADMIN, BINLOG REPLAY, BINLOG MONITOR, SLAVE MONITOR"
                        + " ON *.*"};
    }
}
