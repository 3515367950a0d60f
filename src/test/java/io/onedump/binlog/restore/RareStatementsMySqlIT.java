package io.onedump.binlog.restore;

import java.util.stream.Stream;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

/** Without MySQL's own mysqlbinlog, which does not come with this server. */
class RareStatementsMySqlIT extends RareStatementsContract {

    @Override
    SqlServer start(String... options) {
        return MySql.start(options);
    }

    @Override
    Stream<Engine> engines() {
        return Stream.of(Engine.REPLICA);
    }

    @Override
    String[] replicaRights() {
        return new String[] {"REPLICATION_SLAVE_ADMIN, REPLICATION_APPLIER, SYSTEM_VARIABLES_ADMIN ON *.*",
                "REPLICATION CLIENT ON *.*"};
    }
}
