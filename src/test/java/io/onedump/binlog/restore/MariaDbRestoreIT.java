package io.onedump.binlog.restore;

import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class MariaDbRestoreIT extends RestoreContract {

    @Override
    SqlServer start(String... options) {
        return MariaDb.start(options);
    }

    @Override
    Stream<Engine> engines() {
        return Stream.of(Engine.TOOL, Engine.REPLICA);
    }

    @Override
    String[] options() {
        return new String[] {"--binlog-format=MIXED", "--gtid-strict-mode=ON"};
    }

    @Override
    List<String> dumper() {
        return List.of("mariadb-dump", "--no-defaults", "--master-data=2", "--gtid");
    }
}
