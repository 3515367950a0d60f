package io.onedump.servers;

import java.nio.file.Path;
import java.util.List;

/** Debian's MariaDB, with a binary log in ROW format in {@link #dataDir()}: {@code binlog.000001} and on. */
public final class MariaDb extends MySqlFamily {

    private static final String REDO_LOG = "--innodb-log-file-size=16M";
    private static Path template;

    private MariaDb(String... options) {
        super("mariadb", template(), List.of(options));
    }

    /** @param options more options for mariadbd, which win over the default ones */
    public static MariaDb start(String... options) {
        MariaDb server = new MariaDb(options);
        server.launch();
        return server;
    }

    @Override
    Command server() {
        return Command.of(Executables.find("mariadbd").toString(), "--no-defaults", REDO_LOG);
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://" + host() + ":" + port() + "/" + database;
    }

    @Override
    public Path shop() {
        return Fixture.path("mariadb.sql");
    }

    /** Made once, because that takes several times as long as copying it and starting. */
    private static synchronized Path template() {
        if (template == null) {
            Path data = ServerFolder.create("mariadb-template").resolve("data");
            Command.of(Executables.find("mariadb-install-db").toString(), "--no-defaults", REDO_LOG,
                    "--auth-root-authentication-method=normal", "--skip-test-db").and(basicOptions(data)).run();
            template = data;
        }
        return template;
    }
}
