package io.onedump.database.mysql;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Small questions to a MySQL or MariaDB server that has let us in, in whichever way. */
public interface Queries extends Closeable {

    /**
     * Runs one statement.
     *
     * @return the rows; none for a statement without a result
     * @throws MySqlException when the server refuses it
     */
    List<Row> query(String sql) throws IOException;

    /** For example {@code 8.0.31} or {@code 10.11.19-MariaDB-0+deb12u1-log}. */
    String serverVersion();

    default Flavour flavour() {
        return Flavour.ofVersion(serverVersion());
    }

    @Override
    void close() throws IOException;
}
