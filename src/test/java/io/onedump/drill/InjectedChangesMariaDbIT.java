package io.onedump.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class InjectedChangesMariaDbIT extends MySqlInjectedChangesContract {

    @Override
    SqlServer start() {
        return MariaDb.start("--server-id=1");
    }

    @Override
    void fill(SqlServer server) {
        super.fill(server);
        server.executeIn("shop", "CREATE SEQUENCE numbers START WITH 100 NOCACHE");
    }

    @Override
    List<Change> changes(Random random, int number) {
        List<Change> all = new ArrayList<>(super.changes(random, number));
        all.add(Change.of("sequence", "shop", "ALTER SEQUENCE numbers RESTART " + (200 + number),
                "ALTER SEQUENCE numbers RESTART 100"));
        return all;
    }
}
