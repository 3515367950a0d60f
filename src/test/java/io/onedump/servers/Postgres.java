package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * The newest installed PostgreSQL. The administrator is trusted, everybody else needs a password. PostgreSQL refuses to
 * run as root, so root starts it as the user postgres.
 */
public final class Postgres extends ChildServer implements SqlServer {

    private static final String ADMINISTRATOR = "postgres";
    private static Path template;

    private final List<String> options;

    private Postgres(String... options) {
        super("postgres");
        this.options = List.of(options);
        giveToServer(folder().path());
        folder().copyOf(template(), "data");
    }

    /** @param options more options for postgres, for instance {@code -c}, {@code max_connections=5} */
    public static Postgres start(String... options) {
        Postgres server = new Postgres(options);
        server.launch();
        return server;
    }

    @Override
    List<String> command() {
        return asServer("postgres").and("-D", dataDir().toString(),
                "-h", host(), "-p", Integer.toString(port()), "-k", folder().path().toString(),
                "-c", "fsync=off", "-c", "shared_buffers=32MB", "-c", "wal_level=logical").and(options).words();
    }

    /** TERM would wait for every client to leave, INT sends them away. */
    @Override
    String stopSignal() {
        return "INT";
    }

    @Override
    boolean answers() throws SQLException {
        try (Connection connection = connect("")) {
            return connection.isValid(1);
        }
    }

    @Override
    public Path shop() {
        return Fixture.path("postgres.sql");
    }

    /** Made once, because that takes several times as long as copying it and starting. */
    private static synchronized Path template() {
        if (template == null) {
            ServerFolder home = ServerFolder.create("postgres-template");
            giveToServer(home.path());
            Path data = home.resolve("data");
            asServer("initdb").and("-D", data.toString(), "-U", ADMINISTRATOR, "--auth=trust", "--encoding=UTF8",
                    "--locale=C.UTF-8", "--no-sync").run();
            requirePasswords(data.resolve("pg_hba.conf"));
            template = data;
        }
        return template;
    }

    private static void requirePasswords(Path rules) {
        try {
            Files.write(rules, List.of(
                    "host all,replication " + ADMINISTRATOR + " " + Loopback.HOST + "/32 trust",
                    "host all,replication all " + Loopback.HOST + "/32 scram-sha-256"),
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + rules, e);
        }
    }

    private static void giveToServer(Path folder) {
        if (startedByRoot()) {
            Command.of("chown", "postgres", folder.toString()).run();
        }
    }

    private static Command asServer(String program) {
        String path = Executables.find(program).toString();
        return startedByRoot()
                ? Command.of(Executables.find("setpriv").toString(), "--reuid=postgres", "--regid=postgres",
                        "--init-groups", path)
                : Command.of(path);
    }

    private static boolean startedByRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public String user() {
        return ADMINISTRATOR;
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + named(database);
    }

    /** PostgreSQL has no connection without a database. */
    private static String named(String database) {
        return database.isEmpty() ? "postgres" : database;
    }

    @Override
    public Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user, password);
    }

    @Override
    public void createUser(String name, String password, String... grants) {
        execute("CREATE ROLE \"" + name + "\" LOGIN PASSWORD '" + password + "'");
        for (String grant : grants) {
            execute("GRANT " + grant + " TO \"" + name + "\"");
        }
    }

    @Override
    public void restore(Path script, String database) {
        Command.of(binary("psql").toString(), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--host=" + host(),
                "--port=" + port(), "--username=" + user(), "--dbname=" + named(database)).reading(script).run();
    }

    @Override
    public DatabaseSnapshot snapshot(String database) throws SQLException {
        try (Connection connection = connect(database)) {
            return PostgresSnapshot.take(connection);
        }
    }

    @Override
    public Path dataDir() {
        return folder().resolve("data");
    }
}
