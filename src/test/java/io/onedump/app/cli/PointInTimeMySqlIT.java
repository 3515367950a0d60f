package io.onedump.app.cli;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class PointInTimeMySqlIT extends PointInTimeContract {

    @Override
    SqlServer start(int id) {
        return MySql.start("--server-id=" + id);
    }
}
