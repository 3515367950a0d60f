package io.onedump.dump;

import java.util.List;

import io.onedump.dump.postgres.PgMatrix;
import io.onedump.servers.Postgres;
import io.onedump.servers.PostgresBuild;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL 18, by its own pg_dump, with what only that has. */
@Tag("servers")
class PostgresNative18IT extends PostgresNativeContract {

    @Override
    Postgres server() {
        Postgres server = Postgres.start(PostgresBuild.postgres18());
        server.execute("CREATE ROLE clerk");
        return server;
    }

    @Override
    List<String> own() {
        return PgMatrix.ownOf18();
    }
}
