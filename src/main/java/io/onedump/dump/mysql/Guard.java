package io.onedump.dump.mysql;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

import io.onedump.artifact.CleanLog;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Sql;
import org.slf4j.Logger;

/**
 * Keeps tables as they are from before the snapshot until its connections have read each of them. Without it a table
 * that is renamed in between would be dumped under a name that it did not have at the snapshot, and nobody would see.
 */
final class Guard implements Closeable {

    private static final Logger LOG = CleanLog.of(Guard.class);

    /** ER_TABLE_DEF_CHANGED, ER_NO_SUCH_TABLE, ER_LOCK_WAIT_TIMEOUT and ER_LOCK_DEADLOCK. */
    private static final List<Integer> CHANGED = List.of(1412, 1146, 1205, 1213);
    /** Statements that change tables may be at work for hours. */
    private static final int INSTANCE_WAIT_SECONDS = 2;

    /** The fewer statements, the less time there is for others to come in between. */
    private static final int AT_ONCE = 50;
    private static final int MOST_TRIES = 20;

    private final MySqlSession session;
    private final Catalog catalog;
    private List<Catalog.Name> names = List.of();
    private List<Catalog.Name> locked = List.of();
    private boolean instance;

    private Guard(MySqlSession session, Catalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    /** @param session its own from now on, with the settings of those that dump */
    static Guard on(MySqlSession session, Selection selection, Server server) throws IOException {
        Guard guard = new Guard(session, new Catalog(session, selection, server));
        // Each statement sees the tables as they are by then.
        session.query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
        if (!server.mariaDb()) {
            guard.lockInstance();
        }
        return guard;
    }

    /** Keeps off every change of the schema, also of what is no table, where the account may. */
    private void lockInstance() throws IOException {
        session.query("SET SESSION lock_wait_timeout = " + INSTANCE_WAIT_SECONDS);
        try {
            session.query("LOCK INSTANCE FOR BACKUP");
            instance = true;
        } catch (MySqlException e) {
            LOG.debug("without LOCK INSTANCE FOR BACKUP: {}", e.serverMessage());
        }
        session.query("SET SESSION lock_wait_timeout = " + Server.LOCK_WAIT_SECONDS);
    }

    void unlockInstance() throws IOException {
        if (instance) {
            session.query("UNLOCK INSTANCE");
            instance = false;
        }
    }

    MySqlSession session() {
        return session;
    }

    Catalog catalog() {
        return catalog;
    }

    /**
     * Lets go of what it holds and holds all tables that are there now.
     *
     * @return whether that was possible: none was changed meanwhile
     */
    boolean hold() throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            list();
            session.query("START TRANSACTION");
            if (touch(List.of(session), tables())) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of what it holds and looks what is there, for a lock that keeps off changes itself. */
    void list() throws IOException {
        // Who has waited for us comes first, and may change what we are about to list.
        session.query("ROLLBACK");
        names = catalog.names();
    }

    /** What was there when it began to hold. */
    List<Catalog.Name> names() {
        return names;
    }

    /** Those whose writers are kept off by a lock of their own, behind whom no other lock comes through. */
    void locked(List<Catalog.Name> tables) {
        locked = List.copyOf(tables);
    }

    List<Catalog.Name> locked() {
        return locked;
    }

    /** What it holds. */
    List<Catalog.Name> tables() {
        return names.stream().filter(name -> name.table() != null).toList();
    }

    /**
     * From now on whoever wants to change a table waits until these connections have ended their transactions. Each of
     * them has to have read it, since one that comes later would wait for him in turn.
     *
     * @return whether none was changed since the snapshot, or is about to be
     */
    static boolean touch(List<MySqlSession> sessions, List<Catalog.Name> tables) throws IOException {
        for (int from = 0; from < tables.size(); from += AT_ONCE) {
            String sql = tables.subList(from, Math.min(tables.size(), from + AT_ONCE)).stream()
                    .map(table -> "(SELECT 1 FROM " + Sql.name(table.database(), table.table()) + " LIMIT 1)")
                    .collect(Collectors.joining(" UNION ALL "));
            try {
                MySqlSession.together(sessions, sql);
            } catch (MySqlException e) {
                if (CHANGED.contains(e.code())) {
                    LOG.debug("a table is being changed: {}", e.serverMessage());
                    return false;
                }
                throw new MySqlException("looking at the tables", e.code(), e.sqlState(), e.serverMessage());
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
