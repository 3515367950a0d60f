package io.onedump.dump;

import io.onedump.servers.Postgres;

class PostgresNativeIT extends PostgresNativeContract {

    @Override
    Postgres server() {
        return Postgres.start();
    }
}
