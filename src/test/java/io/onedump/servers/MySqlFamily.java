package io.onedump.servers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What MariaDB and MySQL servers have in common. */
abstract class MySqlFamily extends ChildServer implements SqlServer {

    private final ServerBuild build;
    private final List<String> options;

    /** @param options the caller's, which win over ours because they come last */
    MySqlFamily(String name, ServerBuild build, List<String> options) {
        super(name);
        this.build = build;
        this.options = List.copyOf(options);
        folder().copyOf(build.template(), "data");
    }

    /** The options that only this flavour has. */
    List<String> ownOptions() {
        return List.of();
    }

    @Override
    final List<String> command() {
        return build.server().and(ownOptions()).and(basicOptions(dataDir())).and(
                "--bind-address=" + host(),
                "--port=" + port(),
                "--socket=" + folder().resolve("socket"),
                "--pid-file=" + folder().resolve("pid"),
                "--tmpdir=" + folder().path(),
                "--server-id=1",
                "--log-bin=" + dataDir().resolve("binlog"),
                "--binlog-format=ROW",
                "--log-bin-trust-function-creators=ON",
                "--character-set-server=utf8mb4",
                "--max-allowed-packet=64M",
                "--performance-schema=OFF",
                "--innodb-buffer-pool-size=32M",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-doublewrite=0",
                "--sync-binlog=0").and(options).words();
    }

    /** Options both for making a data folder and for serving it. Only root has to name the user to run as. */
    static List<String> basicOptions(Path dataDir) {
        List<String> options = new ArrayList<>(List.of("--datadir=" + dataDir));
        if (System.getProperty("user.name").equals("root")) {
            options.add("--user=root");
        }
        return options;
    }

    @Override
    final boolean answers() throws SQLException {
        try (Connection connection = connect("")) {
            return connection.isValid(1);
        }
    }

    @Override
    public String user() {
        return "root";
    }

    @Override
    public Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database)
                + "?permitMysqlScheme&allowPublicKeyRetrieval=true&connectTimeout=5000", user, password);
    }

    @Override
    public void createUser(String name, String password, String... grants) {
        execute("CREATE USER '" + name + "'@'%' IDENTIFIED BY '" + password + "'");
        for (String grant : grants) {
            execute("GRANT " + grant + " TO '" + name + "'@'%'");
        }
    }

    @Override
    public void restore(Path script, String database) {
        Command client = Command.of(binary("mariadb").toString(), "--no-defaults", "--host=" + host(),
                "--port=" + port(), "--user=" + user(), "--default-character-set=utf8mb4");
        (database.isEmpty() ? client : client.and(database)).reading(script).run();
    }

    @Override
    public Path binary(String program) {
        return build.program(program);
    }

    @Override
    public DatabaseSnapshot snapshot(String database) throws SQLException {
        try (Connection connection = connect(database)) {
            return MySqlSnapshot.take(connection, database);
        }
    }

    @Override
    public Path dataDir() {
        return folder().resolve("data");
    }
}
