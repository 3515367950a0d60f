package io.onedump.app.cli;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class DrillMariaDbIT extends MySqlDrillContract {

    @Override
    SqlServer start() {
        return MariaDb.start();
    }

    @Override
    String[] options() {
        return new String[0];
    }
}
