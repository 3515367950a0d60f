package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A database server on loopback, empty at first, whose administrator needs no password. */
public interface SqlServer extends AutoCloseable {

    String host();

    int port();

    /** The name of the administrator. */
    String user();

    /** A JDBC URL without user and password. */
    String jdbcUrl(String database);

    Connection connect(String database, String user, String password) throws SQLException;

    /** A connection of the administrator; an empty name stands for no database in particular. */
    default Connection connect(String database) throws SQLException {
        return connect(database, user(), "");
    }

    /** Runs statements, each on its own, as the administrator. */
    default void execute(String... statements) {
        executeIn("", statements);
    }

    /** Runs statements in a database, each on its own, as the administrator. */
    default void executeIn(String database, String... statements) {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot execute in '" + database + "': " + e.getMessage(), e);
        }
    }

    /**
     * Creates a user that may log in from anywhere.
     *
     * @param grants what stands between GRANT and TO, for instance {@code SELECT, SHOW VIEW ON shop.*}
     */
    void createUser(String name, String password, String... grants);

    /**
     * Has the server's own client execute a script.
     *
     * @param database the database to be in, or an empty name when the script chooses one
     * @throws IllegalStateException with the client's message when a statement fails
     */
    void restore(Path script, String database);

    /** The same with the text of a script. */
    default void restore(InputStream script, String database) {
        try {
            Path file = Files.createTempFile("onedump-restore-", ".sql");
            try {
                Files.copy(script, file, StandardCopyOption.REPLACE_EXISTING);
                restore(file, database);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restore into '" + database + "'", e);
        }
    }

    /** The script in {@code fixtures/} that makes the databases {@code shop} and {@code empty_shop} for this server. */
    Path shop();

    /** Makes the databases {@code shop}, full of what makes dumps difficult, and {@code empty_shop}. */
    default void loadShop() {
        restore(shop(), "");
    }

    /** Everything in a database, for comparing it with another. */
    DatabaseSnapshot snapshot(String database) throws SQLException;

    /** The path of a program that belongs to this server or works with it, for instance {@code pg_dump}. */
    default Path binary(String program) {
        return Executables.find(program);
    }

    Path dataDir();

    /** What the server printed. */
    Path log();

    long pid();

    /** Ends the server as a crash would; {@link #restart()} brings it back with everything that was committed. */
    void kill();

    /** Stops the server, if it still runs, and starts it with the same port and data. */
    void restart();

    @Override
    void close();
}
