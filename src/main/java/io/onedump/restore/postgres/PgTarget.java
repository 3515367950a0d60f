package io.onedump.restore.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSession;
import io.onedump.database.postgres.PgSettings;
import io.onedump.database.postgres.SessionSettings;

/** A connection that loads a dump. For one thread. */
final class PgTarget implements Closeable {

    /** So much of a statement is shown when it fails. */
    private static final int SHOWN = 120;

    private final PgSession session;

    private PgTarget(PgSession session) {
        this.session = session;
    }

    /** @param head the statements with which the dump begins */
    static PgTarget open(PgSettings settings, String head) throws IOException {
        PgTarget target = new PgTarget(PgSession.connect(settings));
        try {
            target.session.query(head, "the settings of the dump");
            target.session.query(SessionSettings.EXACT);
            target.session.query(SessionSettings.PATIENT);
            // Room for building indexes, as far as the server's own setting is smaller.
            target.session.query("SELECT pg_catalog.set_config('maintenance_work_mem', '64MB', false) WHERE"
                    + " pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) < 67108864");
            // No frame waits for the disk: what is lost in a crash is the newest, with its lines of the journal.
            target.session.query("SET synchronous_commit = off");
            return target;
        } catch (IOException | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    PgSession session() {
        return session;
    }

    List<List<String>> query(String sql) throws IOException {
        return session.query(sql);
    }

    String value(String sql) throws IOException {
        return session.value(sql);
    }

    /** @param what it is part of, for messages */
    void run(String sql, String what) throws IOException {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        run(bytes, bytes.length, what);
    }

    void run(byte[] sql, int length, String what) throws IOException {
        try {
            session.execute(sql, 0, length, what);
        } catch (PgException e) {
            String text = new String(sql, 0, Math.min(length, SHOWN), StandardCharsets.UTF_8).strip();
            throw new PgException(what + ": the server refuses '" + text + (length > SHOWN ? "…" : "") + "'", e.state(),
                    e.serverMessage() + hint(e));
        }
    }

    private static String hint(PgException e) {
        if (e.serverMessage().matches("(?s)role \".*\" does not exist.*")) {
            return "; create that role, or restore with --without-definers, then ask for the same again";
        }
        return switch (e.state()) {
            case "42710", "42P06", "42P07", "42723" -> "; --replace removes what has the dump's names, or restore into"
                    + " an empty database";
            case "53200" -> e.serverMessage().contains("max_locks_per_transaction")
                    ? "; the schema comes in one transaction: raise max_locks_per_transaction there"
                    : "";
            default -> "";
        };
    }

    /** From now on a commit has reached the disk, and so has all that was committed before. */
    void waitForDisk() throws IOException {
        session.query("RESET synchronous_commit");
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
