package io.onedump.restore.mysql;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;

/** A connection that loads a dump. Statements are in bytes, one character each. For one thread. */
final class TargetSession implements Closeable {

    /** So much of a statement is shown when it fails. */
    private static final int SHOWN = 120;
    private static final int NO_SUCH_USER = 1449;

    /** What is not in every version, or not for every account, is tried and may be refused. */
    private static final List<String> SETTINGS = List.of(
            "SET SESSION wait_timeout = 86400, net_read_timeout = 86400, net_write_timeout = 86400",
            "SET SESSION innodb_lock_wait_timeout = 600, lock_wait_timeout = 600",
            // MySQL: tables as they were, even without a key, and room for building keys.
            "SET SESSION sql_require_primary_key = OFF",
            "SET SESSION sql_generate_invisible_primary_key = OFF",
            "SET SESSION innodb_ddl_buffer_size = 67108864",
            "SET SESSION max_execution_time = 0",
            // MariaDB
            "SET SESSION max_statement_time = 0",
            "SET SESSION idle_transaction_timeout = 0",
            "SET SESSION system_versioning_alter_history = KEEP");

    private final MySqlSession session;
    private String database;

    private TargetSession(MySqlSession session) {
        this.session = session;
    }

    /** @param head the statements with which the dump begins */
    static TargetSession open(MySqlSettings settings, List<String> head) throws IOException {
        // Building the keys of a large table takes as long as it takes.
        TargetSession target = new TargetSession(MySqlSession.connect(settings.withReadTimeout(Duration.ZERO)));
        try {
            for (String statement : SETTINGS) {
                target.tried(statement);
            }
            for (String statement : head) {
                target.run(statement, "the settings of the dump");
            }
            return target;
        } catch (IOException | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private void tried(String statement) throws IOException {
        try {
            session.query(statement);
        } catch (MySqlException e) {
            // Then it goes without.
        }
    }

    MySqlSession session() {
        return session;
    }

    List<Row> query(String sql) throws IOException {
        return session.query(sql);
    }

    /** From now on names without a database are those of this one. */
    void use(String name) throws IOException {
        if (!name.equals(database)) {
            session.query("USE " + Sql.name(name));
            database = name;
        }
    }

    /** @param what it is part of, for messages */
    void run(String statement, String what) throws IOException {
        byte[] sql = statement.getBytes(StandardCharsets.ISO_8859_1);
        run(sql, 0, sql.length, what);
    }

    void run(byte[] sql, int offset, int length, String what) throws IOException {
        try {
            session.execute(sql, offset, length, what);
        } catch (MySqlException e) {
            throw described(e, what, beginning(sql, offset, length));
        }
    }

    /** Of a statement that may be larger than memory. */
    void run(InputStream sql, long length, String what) throws IOException {
        session.execute(sql, length, what);
    }

    private MySqlException described(MySqlException e, String what, String beginning) {
        String hint = e.code() == NO_SUCH_USER
                ? "; create that account, or restore with --definer or --without-definers, then ask for the same again"
                : "";
        return new MySqlException(what + ": the server refuses '" + beginning + "'", e.code(), e.sqlState(),
                e.serverMessage() + hint);
    }

    private static String beginning(byte[] sql, int offset, int length) {
        String text = new String(sql, offset, Math.min(length, SHOWN), StandardCharsets.UTF_8).strip();
        return length > SHOWN ? text + "…" : text;
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
