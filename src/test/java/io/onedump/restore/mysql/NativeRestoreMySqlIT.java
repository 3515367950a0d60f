package io.onedump.restore.mysql;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class NativeRestoreMySqlIT extends NativeRestoreContract {

    @Override
    SqlServer start() {
        return MySql.start();
    }

    @Override
    boolean isMySql() {
        return true;
    }
}
