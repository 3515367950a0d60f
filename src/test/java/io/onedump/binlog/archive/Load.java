package io.onedump.binlog.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

import io.onedump.servers.SqlServer;

/** Writes to a server until it is told to stop: small and large rows, a new binlog file now and then. */
final class Load implements AutoCloseable {

    private static final int LARGEST = 60_000;

    private final SqlServer server;
    private final Random random;
    private final int transactionsPerFile;
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean stopped;
    private volatile SQLException failure;

    private Load(SqlServer server, long seed, int transactionsPerFile) {
        this.server = server;
        this.random = new Random(seed);
        this.transactionsPerFile = transactionsPerFile;
    }

    static Load start(SqlServer server, long seed, int transactionsPerFile) {
        server.execute("CREATE DATABASE busy", "CREATE TABLE busy.t (id INT PRIMARY KEY AUTO_INCREMENT, body"
                + " MEDIUMBLOB)");
        Load load = new Load(server, seed, transactionsPerFile);
        load.thread.start();
        return load;
    }

    private void run() {
        try (Connection connection = server.connect("busy");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t (body) VALUES (?)");
                Statement statement = connection.createStatement()) {
            for (int i = 1; !stopped; i++) {
                byte[] body = new byte[random.nextInt(10) == 0 ? random.nextInt(LARGEST) : random.nextInt(200)];
                random.nextBytes(body);
                insert.setBytes(1, body);
                insert.execute();
                if (i % transactionsPerFile == 0) {
                    statement.execute("FLUSH BINARY LOGS");
                }
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    @Override
    public void close() throws InterruptedException, SQLException {
        stopped = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }
}
