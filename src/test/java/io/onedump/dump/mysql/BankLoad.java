package io.onedump.dump.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.onedump.servers.SqlServer;

/**
 * Transfers between accounts in several tables, as fast as eight writers can, each with a row in a log; and tables that
 * are changed meanwhile in every way that a dump could trip over.
 */
final class BankLoad implements AutoCloseable {

    static final int SMALL = 4;
    static final int ACCOUNTS = 50;
    /** So many rows that they are read in several ranges of the key. */
    static final int LARGE_ACCOUNTS = 60_000;
    static final long MONEY = 1000L * (SMALL * ACCOUNTS + LARGE_ACCOUNTS);
    private static final int WRITERS = 8;

    private final SqlServer server;
    private final int pause;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong transfers = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final Map<String, Integer> lost = new ConcurrentSkipListMap<>();
    private final AtomicReference<SQLException> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    private BankLoad(SqlServer server, int pause) {
        this.server = server;
        this.pause = pause;
    }

    /**
     * Makes the database {@code bank}, which replaces what is there under that name.
     *
     * @param pause at most so many milliseconds lie between two changes of tables
     */
    static BankLoad start(SqlServer server, long seed, int pause) {
        BankLoad load = new BankLoad(server, pause);
        server.execute("DROP DATABASE IF EXISTS bank", "CREATE DATABASE bank");
        for (int table = 0; table < SMALL; table++) {
            server.executeIn("bank", "CREATE TABLE t" + table + " (id int PRIMARY KEY, balance int, version int)",
                    "INSERT INTO t" + table
                            + " WITH RECURSIVE s AS (SELECT 0 n UNION ALL SELECT n + 1 FROM s WHERE n < "
                            + (ACCOUNTS - 1) + ") SELECT n, 1000, 0 FROM s");
        }
        server.executeIn("bank", "CREATE TABLE large (id int PRIMARY KEY, balance int, version int, pad char(200),"
                + " pad2 char(200)) CHARACTER SET latin1",
                "INSERT INTO large WITH RECURSIVE s AS (SELECT 0 n UNION ALL SELECT n + 1 FROM s WHERE n < 999) SELECT"
                        + " a.n + 1000 * b.n, 1000, 0, REPEAT('x', 200), REPEAT('y', 200) FROM s a JOIN s b"
                        + " WHERE b.n < "
                        + LARGE_ACCOUNTS / 1000,
                "CREATE TABLE log (id bigint AUTO_INCREMENT PRIMARY KEY, amount int)",
                "CREATE TABLE swaps (n int PRIMARY KEY, done int)",
                "CREATE TABLE live (id int PRIMARY KEY, v char(1))", "INSERT INTO live VALUES (1, 'a')",
                "CREATE TABLE staging LIKE live", "INSERT INTO staging VALUES (1, 'b')",
                "CREATE TABLE changing (id int PRIMARY KEY)", "INSERT INTO changing VALUES (1), (2)",
                "CREATE TABLE wiped (id int PRIMARY KEY)", "CREATE TABLE marker (n int PRIMARY KEY)",
                "ANALYZE TABLE large");
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(seed + writer);
            load.start(connection -> load.transfer(connection, random));
        }
        Random random = new Random(seed - 1);
        load.start(connection -> load.change(connection, random));
        load.start(connection -> load.swap(connection, random));
        return load;
    }

    private interface Work {
        void on(Statement statement) throws SQLException;
    }

    private void start(Work work) {
        Thread thread = new Thread(() -> {
            try (Connection connection = server.connect("bank"); Statement statement = connection.createStatement()) {
                work.on(statement);
            } catch (SQLException e) {
                failure.compareAndSet(null, e);
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void transfer(Statement statement, Random random) throws SQLException {
        Connection connection = statement.getConnection();
        connection.setAutoCommit(false);
        while (!ended.get()) {
            try {
                int amount = random.nextInt(100);
                statement.execute(account(random, "-", amount));
                statement.execute(account(random, "+", amount));
                statement.execute("INSERT INTO log (amount) VALUES (" + amount + ")");
                connection.commit();
                transfers.incrementAndGet();
            } catch (SQLException e) {
                // ER_LOCK_DEADLOCK, ER_LOCK_WAIT_TIMEOUT, ER_TABLE_DEF_CHANGED: the transfer did not happen.
                if (e.getErrorCode() != 1213 && e.getErrorCode() != 1205 && e.getErrorCode() != 1412) {
                    throw e;
                }
                connection.rollback();
            }
        }
    }

    private static String account(Random random, String sign, int amount) {
        int table = random.nextInt(SMALL + 2);
        String which = table < SMALL
                ? "t" + table + " SET"
                : "large SET";
        return "UPDATE " + which + " balance = balance " + sign + " " + amount + ", version = version + 1 WHERE id = "
                + random.nextInt(table < SMALL ? ACCOUNTS : LARGE_ACCOUNTS);
    }

    private void change(Statement statement, Random random) throws SQLException {
        List<List<String>> all = List.of(
                List.of("ALTER TABLE changing ADD COLUMN c int NOT NULL DEFAULT 5",
                        "ALTER TABLE changing DROP COLUMN c"),
                List.of("TRUNCATE TABLE wiped", "INSERT INTO wiped VALUES (1), (2), (3)"),
                List.of("CREATE TABLE fresh (id int PRIMARY KEY)", "INSERT INTO fresh VALUES (1), (2)",
                        "DROP TABLE fresh"),
                List.of("ALTER TABLE t0 ADD KEY balances (balance)", "ALTER TABLE t0 DROP KEY balances"),
                List.of("CREATE VIEW seen AS SELECT 1 AS one", "CREATE OR REPLACE VIEW seen AS SELECT 2 AS two",
                        "DROP VIEW seen"));
        while (!ended.get()) {
            for (String sql : all.get(random.nextInt(20) == 0 ? 4 : random.nextInt(4))) {
                change(statement, sql);
                statement.execute("DO SLEEP(" + random.nextInt(pause) / 1000.0 + ")");
            }
        }
    }

    /**
     * As clients do it: again when the server has chosen it as the loser of a deadlock, as between locks of tables it
     * may.
     */
    private void change(Statement statement, String sql) throws SQLException {
        while (true) {
            try {
                statement.execute(sql);
                changes.incrementAndGet();
                return;
            } catch (SQLException e) {
                if (e.getErrorCode() != 1213) {
                    throw e;
                }
                lost.merge(sql.replaceFirst("^(\\w+ \\w+).*", "$1"), 1, Integer::sum);
            }
        }
    }

    /** Two tables of the same form that take each other's name, as a nightly load does it. */
    private void swap(Statement statement, Random random) throws SQLException {
        for (int n = 1; !ended.get(); n++) {
            statement.execute("INSERT INTO swaps VALUES (" + n + ", 0)");
            change(statement, "RENAME TABLE live TO was_live, staging TO live, was_live TO staging");
            statement.execute("UPDATE swaps SET done = 1 WHERE n = " + n);
            statement.execute("DO SLEEP(" + random.nextInt(pause) / 1000.0 + ")");
        }
    }

    long transfers() {
        return transfers.get();
    }

    /** How often tables were changed. */
    long changes() {
        return changes.get();
    }

    /** How often the server let a change of that kind lose a deadlock. */
    Map<String, Integer> lost() {
        return Map.copyOf(lost);
    }

    /** Ends all of them; what they have done is complete. */
    @Override
    public void close() throws SQLException {
        ended.set(true);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** A row that a replica has when it has everything from before. */
    static void mark(SqlServer server) {
        server.executeIn("bank", "INSERT INTO marker VALUES (1)");
    }

    static boolean isMarked(SqlServer server) throws SQLException {
        try (Connection connection = server.connect("bank"); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM marker")) {
            rows.next();
            return rows.getInt(1) == 1;
        }
    }
}
