package io.onedump.binlog.archive;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class MySqlArchiverIT extends ArchiverContract {

    @Override
    SqlServer start() {
        return MySql.start();
    }

    @Override
    String compression() {
        return "binlog_transaction_compression";
    }
}
