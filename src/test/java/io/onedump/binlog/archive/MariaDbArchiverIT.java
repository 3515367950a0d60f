package io.onedump.binlog.archive;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class MariaDbArchiverIT extends ArchiverContract {

    @Override
    SqlServer start() {
        return MariaDb.start();
    }

    @Override
    String compression() {
        return "log_bin_compress";
    }
}
