package io.onedump.app.cli;

import java.util.List;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class PointInTimeMySqlIT extends PointInTimeContract {

    @Override
    SqlServer start(int id) {
        return MySql.start("--server-id=" + id);
    }

    @Override
    List<String> otherEngines() {
        return List.of();
    }

    @Override
    void filterSomething(SqlServer target) {
        target.execute("CHANGE REPLICATION FILTER REPLICATE_WILD_DO_TABLE = ('rescue.%')");
    }
}
