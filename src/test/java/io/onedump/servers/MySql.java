package io.onedump.servers;

import java.nio.file.Path;
import java.util.List;

/**
 * A MySQL server, with a binary log in ROW format in {@link #dataDir()}: {@code binlog.000001} and on. MySQL 8.0.31
 * unless told otherwise, which comes without mysqldump; what mariadb-dump writes of tables with generated columns
 * cannot be restored into MySQL.
 */
public final class MySql extends MySqlFamily {

    private MySql(ServerBuild build, String... options) {
        super("mysql", build, List.of(options));
    }

    /** @param options more options for mysqld, which win over the default ones */
    public static MySql start(String... options) {
        return start(ServerBuild.mysql8031(), options);
    }

    public static MySql start(ServerBuild build, String... options) {
        MySql server = new MySql(build, options);
        server.launch();
        return server;
    }

    /** The server's program. */
    public static Path program() {
        return Path.of(ServerBuild.mysql8031().server().words().get(0));
    }

    @Override
    List<String> ownOptions() {
        return List.of("--loose-mysqlx=OFF");
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mysql://" + host() + ":" + port() + "/" + database;
    }

    @Override
    public Path shop() {
        return Fixture.path("mysql.sql");
    }
}
