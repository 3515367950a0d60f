package io.onedump.restore.mysql;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class NativeRestoreMariaDbIT extends NativeRestoreContract {

    @Override
    SqlServer start() {
        return MariaDb.start();
    }

    @Override
    boolean isMySql() {
        return false;
    }
}
