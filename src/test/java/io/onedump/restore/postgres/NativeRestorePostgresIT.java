package io.onedump.restore.postgres;

import io.onedump.servers.Postgres;

class NativeRestorePostgresIT extends NativeRestorePostgresContract {

    @Override
    Postgres start() {
        return Postgres.start();
    }
}
