package io.onedump.binlog.archive;

import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.ServerBuild;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The releases that the profile {@code servers} brings. */
@Tag("servers")
class MoreServersArchiverIT {

    @Nested
    class MySql8033 extends ArchiverContract {

        @Override
        SqlServer start() {
            return MySql.start(ServerBuild.mysql8033());
        }

        @Override
        String compression() {
            return "binlog_transaction_compression";
        }
    }

    @Nested
    class MySql97 extends ArchiverContract {

        @Override
        SqlServer start() {
            return MySql.start(ServerBuild.mysql97());
        }

        @Override
        String compression() {
            return "binlog_transaction_compression";
        }
    }

    @Nested
    class MariaDb118 extends ArchiverContract {

        @Override
        SqlServer start() {
            return MariaDb.start(ServerBuild.mariadb118());
        }

        @Override
        String compression() {
            return "log_bin_compress";
        }
    }
}
