package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * A PostgreSQL server, the newest that is installed unless told otherwise. The administrator is trusted, everybody else
 * needs a password.
 */
public final class Postgres extends ChildServer implements SqlServer {

    private final PostgresBuild build;
    private final List<String> options;

    private Postgres(PostgresBuild build, String... options) {
        super("postgres");
        this.build = build;
        this.options = List.of(options);
        PostgresBuild.giveToServer(folder().path());
    }

    /** @param options more options for postgres, for instance {@code -c}, {@code max_connections=5} */
    public static Postgres start(String... options) {
        return start(PostgresBuild.installed(), options);
    }

    public static Postgres start(PostgresBuild build, String... options) {
        Postgres server = new Postgres(build, options);
        server.folder().copyOf(build.template(), "data");
        server.launch();
        return server;
    }

    /** A server that follows this one and can be read. */
    public Postgres standby(String... moreOptions) {
        Postgres standby = new Postgres(build, moreOptions);
        build.asServer("pg_basebackup").and("-D", standby.dataDir().toString(), "-h", host(), "-p",
                Integer.toString(port()), "-U", user(), "-R", "-c", "fast", "--no-sync").run();
        standby.launch();
        return standby;
    }

    /** From now on it takes TLS, with a certificate for its address, and believes clients' ones of that authority. */
    public void encrypt(TestAuthority authority) {
        TestAuthority.Signed own = authority.sign("server");
        for (Path file : List.of(own.certificate(), own.key(), authority.certificate())) {
            Path copy = dataDir().resolve(file.getFileName());
            Command.of("cp", file.toString(), copy.toString()).run();
            Command.of("chmod", "600", copy.toString()).run();
            PostgresBuild.giveToServer(copy);
        }
        execute("ALTER SYSTEM SET ssl = on", "ALTER SYSTEM SET ssl_cert_file = '" + own.certificate().getFileName()
                + "'", "ALTER SYSTEM SET ssl_key_file = '" + own.key().getFileName() + "'",
                "ALTER SYSTEM SET ssl_ca_file = '" + authority.certificate().getFileName() + "'",
                "SELECT pg_reload_conf()");
    }

    /** Puts a line before those of {@code pg_hba.conf}. */
    public void rule(String line) {
        Path rules = dataDir().resolve("pg_hba.conf");
        try {
            Files.writeString(rules, line + "\n" + Files.readString(rules));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + rules, e);
        }
        execute("SELECT pg_reload_conf()");
    }

    @Override
    List<String> command() {
        return build.asServer("postgres").and("-D", dataDir().toString(),
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

    @Override
    public String user() {
        return PostgresBuild.ADMINISTRATOR;
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
    public Path binary(String program) {
        return build.program(program);
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
