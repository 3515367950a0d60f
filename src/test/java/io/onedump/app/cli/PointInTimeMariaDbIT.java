package io.onedump.app.cli;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class PointInTimeMariaDbIT extends PointInTimeContract {

    @Override
    SqlServer start(int id) {
        return MariaDb.start("--server-id=" + id, "--gtid-strict-mode=ON");
    }

    @Override
    void filterSomething(SqlServer target) {
        target.execute("SET GLOBAL replicate_wild_do_table = 'rescue.%'");
    }
}
