package io.onedump.sync.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Goes through what a {@link StateStore} knows of a location, one file after the other. */
public final class ProvedFiles implements Closeable {

    private final Path file;
    private final Connection connection;
    private final PreparedStatement query;
    private final ResultSet row;

    ProvedFiles(Path file, Connection connection, String location) throws SQLException {
        this.file = file;
        this.connection = connection;
        try {
            query = connection.prepareStatement("SELECT path, source, size, modified, sha256, remote_modified"
                    + " FROM proved_file WHERE location = ? ORDER BY path");
            query.setString(1, location);
            row = query.executeQuery();
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The next one, null after the last. */
    public ProvedFile next() throws IOException {
        try {
            if (!row.next()) {
                return null;
            }
            long millis = row.getLong(6);
            Instant remote = row.wasNull() ? null : Instant.ofEpochMilli(millis);
            return new ProvedFile(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5),
                    remote);
        } catch (SQLException e) {
            throw StateStore.failure(file, "read", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            row.close();
            query.close();
            connection.close();
        } catch (SQLException e) {
            throw StateStore.failure(file, "read", e);
        }
    }
}
