package io.onedump.app.cli;

import java.util.List;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class PointInTimeMariaDbIT extends PointInTimeContract {

    @Override
    SqlServer start(int id) {
        return MariaDb.start("--server-id=" + id, "--gtid-strict-mode=ON");
    }

    @Override
    List<String> otherEngines() {
        return List.of("tool");
    }

    @Override
    void filterSomething(SqlServer target) {
        target.execute("SET GLOBAL replicate_wild_do_table = 'rescue.%'");
    }
}
