package io.onedump.drill;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class InjectedChangesMySqlIT extends MySqlInjectedChangesContract {

    @Override
    SqlServer start() {
        return MySql.start();
    }
}
