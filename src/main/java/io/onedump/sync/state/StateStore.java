package io.onedump.sync.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Properties;
import java.util.Set;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.OptionalLibrary;
import io.onedump.artifact.PrivateFolder;

/**
 * What syncs have proved, in a file of SQLite that any number of jobs and processes share: each batch is one
 * transaction, writers wait for each other. It only saves work: without it, files are compared by their digests again.
 */
public final class StateStore implements Closeable {

    private static final String WAIT_MILLIS = "60000";
    /** SQLITE_BUSY, and the part of a code that says so whatever its kind is. */
    private static final int BUSY = 5;
    private static final int PRIMARY = 0xff;
    /** About half a minute in all. */
    private static final Backoff OPENING = new Backoff(60, Duration.ofMillis(10), Duration.ofMillis(500));

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS proved_file (
                location TEXT NOT NULL, path TEXT NOT NULL, source TEXT NOT NULL, size INTEGER NOT NULL,
                modified INTEGER NOT NULL, sha256 TEXT NOT NULL, remote_modified INTEGER,
                PRIMARY KEY (location, path)) WITHOUT ROWID""";
    private static final String IDENTITY_TABLE = "CREATE TABLE IF NOT EXISTS identity (id TEXT NOT NULL)";
    private static final String NEW_IDENTITY = """
            INSERT INTO identity SELECT lower(hex(randomblob(8))) WHERE NOT EXISTS (SELECT 1 FROM identity)""";

    /** What most umasks made of the file before it was private; another mode is somebody's choice. */
    private static final Set<PosixFilePermission> BEFORE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path file;
    private final Connection connection;
    private final String id;

    private StateStore(Path file, Connection connection, String id) {
        this.file = file;
        this.connection = connection;
        this.id = id;
    }

    /** Makes the file and its folder if need be. */
    public static StateStore open(Path file) throws IOException {
        OptionalLibrary.SQLITE.require("sync:");
        try {
            makePrivate(file.toAbsolutePath());
            Connection connection = connect(file);
            return new StateStore(file, connection, prepare(connection));
        } catch (IOException | SQLException e) {
            throw new IOException("sync state " + file + ": cannot be used: " + e.getMessage()
                    + "; make it writable or choose another file", e);
        }
    }

    /** It tells which files there are, so they are for their owner only; SQLite gives its other files the same mode. */
    private static void makePrivate(Path file) throws IOException {
        PrivateFolder.makeMissing(file.getParent());
        if (!Files.isDirectory(file.getParent())) {
            throw new IOException(file.getParent() + " is no folder");
        }
        try {
            Files.createFile(file, PrivateFolder.ownFile());
        } catch (FileAlreadyExistsException e) {
            if (Files.isRegularFile(file) && Files.getPosixFilePermissions(file).equals(BEFORE)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    /** Turning a new file into one with a write-ahead log does not wait for others who do, as all else does. */
    private static Connection connect(Path file) throws IOException, SQLException {
        for (int failures = 1;; failures++) {
            try {
                return DriverManager.getConnection("jdbc:sqlite:" + file, settings());
            } catch (SQLException e) {
                if ((e.getErrorCode() & PRIMARY) != BUSY || failures == OPENING.attempts()) {
                    throw e;
                }
            }
            OPENING.pause(failures, null);
        }
    }

    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "NORMAL");
        settings.setProperty("busy_timeout", WAIT_MILLIS);
        settings.setProperty("transaction_mode", "IMMEDIATE");
        return settings;
    }

    /** @return the store's identity */
    private static String prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            statement.execute(IDENTITY_TABLE);
            statement.execute(NEW_IDENTITY);
            try (ResultSet row = statement.executeQuery("SELECT id FROM identity")) {
                return row.getString(1);
            }
        }
    }

    /** Tells this store from those of other machines and users that sync to the same place. */
    public String id() {
        return id;
    }

    /** Lets no other run change the location that shares this store; waits for the one that does. */
    public LocationLock lock(String location) throws IOException {
        return LocationLock.acquire(file, location);
    }

    /** What was proved of a location, as it is now, in the order of the paths' bytes in UTF-8. */
    public ProvedFiles proved(String location) throws IOException {
        try {
            // Of its own, so that reading goes on undisturbed while others write.
            return new ProvedFiles(file, connect(file), location);
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    /** All of them or none. */
    public synchronized void record(String location, Collection<ProvedFile> files) throws IOException {
        write("INSERT OR REPLACE INTO proved_file VALUES (?, ?, ?, ?, ?, ?, ?)", files, (insert, proved) -> {
            insert.setString(1, location);
            insert.setString(2, proved.path());
            insert.setString(3, proved.source());
            insert.setLong(4, proved.size());
            insert.setLong(5, proved.modified());
            insert.setString(6, proved.sha256());
            insert.setObject(7, proved.remoteModified() == null ? null : proved.remoteModified().toEpochMilli());
        });
    }

    /** Before a file is sent or deleted: what was proved of it is about to be no longer true. */
    public synchronized void forget(String location, Collection<String> paths) throws IOException {
        write("DELETE FROM proved_file WHERE location = ? AND path = ?", paths, (delete, path) -> {
            delete.setString(1, location);
            delete.setString(2, path);
        });
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("close", e);
        }
    }

    private interface Row<T> {
        void fill(PreparedStatement statement, T values) throws SQLException;
    }

    /** One transaction; outside of it nothing is locked. */
    private <T> void write(String sql, Collection<T> values, Row<T> row) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        try {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (T value : values) {
                    row.fill(statement, value);
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failure("write", e);
        }
    }

    private IOException failure(String action, SQLException e) {
        return failure(file, action, e);
    }

    static IOException failure(Path file, String action, SQLException e) {
        return new IOException("sync state " + file + ": cannot " + action + ": " + e.getMessage(), e);
    }
}
