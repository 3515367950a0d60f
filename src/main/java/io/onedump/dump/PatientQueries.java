package io.onedump.dump;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

import io.onedump.database.mysql.Queries;
import io.onedump.database.mysql.Row;

/** Asks as long as all questions together have not taken too long: how many there are is for the server to say. */
record PatientQueries(Queries server, Duration longest, long started) implements Queries {

    PatientQueries(Queries server, Duration longest) {
        this(server, longest, System.nanoTime());
    }

    @Override
    public List<Row> query(String sql) throws IOException {
        if (System.nanoTime() - started > longest.toNanos()) {
            throw new SocketTimeoutException("what has to be known before the dump was not answered within "
                    + longest.toSeconds() + " s");
        }
        return server.query(sql);
    }

    @Override
    public String serverVersion() {
        return server.serverVersion();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
