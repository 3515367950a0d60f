package io.onedump.sync.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What syncs have proved, in a file of SQLite that any number of jobs and processes share: each batch is one transaction,
 * writers wait for each other. It only saves work: without it, files are compared by their digests again.
 */
public final class StateStore implements Closeable {

    private static final String WAIT_MILLIS = "60000";

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS proved_file (
                location TEXT NOT NULL, path TEXT NOT NULL, source TEXT NOT NULL, size INTEGER NOT NULL,
                modified INTEGER NOT NULL, sha256 TEXT NOT NULL, remote_modified INTEGER,
                PRIMARY KEY (location, path)) WITHOUT ROWID""";

    private final Path file;
    private final Connection connection;

    private StateStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Makes the file and its folder if need be. */
    public static StateStore open(Path file) throws IOException {
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "NORMAL");
        settings.setProperty("busy_timeout", WAIT_MILLIS);
        settings.setProperty("transaction_mode", "IMMEDIATE");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, settings);
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
            connection.setAutoCommit(false);
            return new StateStore(file, connection);
        } catch (IOException | SQLException e) {
            throw new IOException("sync state " + file + ": cannot be used: " + e.getMessage()
                    + "; make it writable or choose another file", e);
        }
    }

    /** All that was proved of a location, by path. */
    public synchronized Map<String, ProvedFile> load(String location) throws IOException {
        Map<String, ProvedFile> proved = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT path, source, size, modified, sha256, remote_modified FROM proved_file WHERE location = ?")) {
            query.setString(1, location);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    long millis = row.getLong(6);
                    Instant remote = row.wasNull() ? null : Instant.ofEpochMilli(millis);
                    proved.put(row.getString(1), new ProvedFile(row.getString(1), row.getString(2), row.getLong(3),
                            row.getLong(4), row.getString(5), remote));
                }
            }
            connection.rollback();
            return proved;
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    /** All of them or none. */
    public synchronized void record(String location, Collection<ProvedFile> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT OR REPLACE INTO proved_file VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (ProvedFile proved : files) {
                insert.setString(1, location);
                insert.setString(2, proved.path());
                insert.setString(3, proved.source());
                insert.setLong(4, proved.size());
                insert.setLong(5, proved.modified());
                insert.setString(6, proved.sha256());
                insert.setObject(7, proved.remoteModified() == null ? null : proved.remoteModified().toEpochMilli());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw rolledBack(e);
        }
    }

    /** Before a file is sent or deleted: what was proved of it is about to be no longer true. */
    public synchronized void forget(String location, Collection<String> paths) throws IOException {
        if (paths.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM proved_file WHERE location = ? AND path = ?")) {
            for (String path : paths) {
                delete.setString(1, location);
                delete.setString(2, path);
                delete.addBatch();
            }
            delete.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw rolledBack(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("close", e);
        }
    }

    private IOException rolledBack(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        return failure("write", cause);
    }

    private IOException failure(String action, SQLException e) {
        return new IOException("sync state " + file + ": cannot " + action + ": " + e.getMessage(), e);
    }
}
