package io.onedump.app.cli;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class DrillMySqlIT extends MySqlDrillContract {

    @Override
    SqlServer start() {
        return MySql.start();
    }

    @Override
    String[] options() {
        return new String[] {"--server-program", MySql.program().toString()};
    }
}
