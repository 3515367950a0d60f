package io.onedump.app.cli;

import io.onedump.servers.Postgres;
import io.onedump.servers.SqlServer;

class DrillPostgresIT extends DrillContract {

    @Override
    SqlServer start() {
        return Postgres.start();
    }

    @Override
    JobFile.Step dumpStep() {
        return JobFile.Step.to("dump", "dumper", "postgres-native", "dsn", dsn(server) + "/shop", "fileName",
                "shop-${date:now:yyyyMMdd-HHmmss-SSS}.sql");
    }

    @Override
    String dsn(SqlServer of) {
        return "postgres://postgres@" + of.host() + ":" + of.port();
    }

    @Override
    String[] options() {
        return new String[0];
    }
}
