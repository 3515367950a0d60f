package io.onedump.app.cli;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class PointInTimeMariaDbIT extends PointInTimeContract {

    @Override
    SqlServer start(int id) {
        return MariaDb.start("--server-id=" + id);
    }
}
