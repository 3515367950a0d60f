package io.onedump.servers;

import java.nio.file.Path;
import java.util.List;

/** A MariaDB server, with a binary log in ROW format in {@link #dataDir()}: {@code binlog.000001} and on. */
public final class MariaDb extends MySqlFamily {

    private MariaDb(ServerBuild build, String... options) {
        super("mariadb", build, List.of(options));
    }

    /** @param options more options for mariadbd, which win over the default ones */
    public static MariaDb start(String... options) {
        return start(ServerBuild.mariadb(), options);
    }

    public static MariaDb start(ServerBuild build, String... options) {
        MariaDb server = new MariaDb(build, options);
        server.launch();
        return server;
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://" + host() + ":" + port() + "/" + database;
    }

    @Override
    public Path shop() {
        return Fixture.path("mariadb.sql");
    }
}
