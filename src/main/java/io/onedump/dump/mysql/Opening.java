package io.onedump.dump.mysql;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.onedump.artifact.CleanLog;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import org.slf4j.Logger;

/** Opens the snapshot of a dump; when something was changed while it was taken, it begins again. */
final class Opening {

    private static final Logger LOG = CleanLog.of(Opening.class);

    private static final int LEAST_BEGINNINGS = 5;
    /** So long it begins again and again. */
    private static final Duration LEAST = Duration.ofSeconds(30);
    /** Whoever waits for a table that {@link Guard} holds waits in vain; MySQL knows no shorter time. */
    private static final int LEAST_WAIT_SECONDS = 1;
    private static final int MOST_LOOKS = 10;

    private final MySqlSettings settings;
    private final Selection selection;
    private final int parallel;
    private final Connector connector;
    private final String only;
    private final Consumer<String> tell;

    /** Opens connections, which are closed when the dump is. */
    interface Connector {
        MySqlSession connect() throws IOException;
    }

    /**
     * @param only the one way to a snapshot that is taken, null for the first that is open
     * @param tell for what the dump lacks
     */
    Opening(MySqlSettings settings, Selection selection, int parallel, Connector connector, String only,
            Consumer<String> tell) {
        this.settings = settings;
        this.selection = selection;
        this.parallel = parallel;
        this.connector = connector;
        this.only = only;
        this.tell = tell;
    }

    /**
     * A snapshot with what was there at its moment.
     *
     * @param objects all that is neither table nor rows
     * @param guard   until all of the schema is read, keeps off who would change it
     * @param lock    of tables without transactions until their rows are read; null where nobody asked for it
     */
    record Opened(Server server, Snapshot snapshot, List<Catalog.Database> databases,
            List<SchemaObjects.Statements> objects, Instant started, Guard guard, MySqlSession lock)
            implements
                Closeable {

        @Override
        public void close() throws IOException {
            guard.close();
            if (lock != null) {
                lock.close();
            }
            snapshot.close();
        }
    }

    Opened open() throws IOException {
        SnapshotOpener opener = null;
        long end = System.nanoTime() + LEAST.toNanos();
        for (int beginnings = 0; beginnings < LEAST_BEGINNINGS || System.nanoTime() < end; beginnings++) {
            Attempt attempt = new Attempt();
            try (attempt) {
                MySqlSession own = connector.connect();
                Server server = Server.of(settings, own);
                opener = opener == null ? new SnapshotOpener(server, only) : opener;
                attempt.guard = Guard.on(own, selection, server);
                if (attempt.open(server, opener)) {
                    return attempt.opened();
                }
            } catch (Catalog.Changed e) {
                LOG.debug("{}", e.getMessage());
            } catch (MySqlException e) {
                if (!GONE.contains(e.code())) {
                    throw e;
                }
                LOG.debug("{}", e.getMessage());
            }
        }
        throw new IOException("tables were changed or locked (ALTER, DROP, LOCK TABLES) each time that the snapshot was"
                + " taken, for " + LEAST.toSeconds() + " s; dump when that is over");
    }

    /** One try, which closes what it has opened unless it succeeds. */
    private final class Attempt implements Closeable {

        private Guard guard;
        private MySqlSession lock;
        private List<MySqlSession> sessions = List.of();
        private Snapshot snapshot;
        private Opened opened;

        /** @return whether it is one moment of which all is known */
        boolean open(Server server, SnapshotOpener opener) throws IOException {
            sessions = sessions(server);
            // Changes of what is no table are seen by looking twice, those of tables are kept off.
            List<SchemaObjects.Statements> before = before(server);
            Optional<Snapshot> taken = opener.open(sessions, guard);
            if (taken.isEmpty()) {
                // Whoever holds what we wait for may wait for the guard: out of his way, then again.
                LOG.debug("something is locked, or about to be changed");
                return false;
            }
            snapshot = taken.get();
            Instant started = Instant.now();
            MySqlSession.together(snapshot.sessions(), "SET SESSION lock_wait_timeout = " + Server.LOCK_WAIT_SECONDS);
            Catalog seen = new Catalog(snapshot.first(), selection, server);
            List<Catalog.Database> databases = seen.databases();
            List<String> lacks = new ArrayList<>();
            List<SchemaObjects.Statements> objects = objects(snapshot.first(), server, databases, lacks::add);
            if (!tables(databases).equals(guard.tables()) || !seen.names().equals(guard.names())
                    || !described(objects).equals(described(before))) {
                LOG.debug("something was made, changed or dropped");
                return false;
            }
            lacks.forEach(tell);
            opened = new Opened(server, snapshot, databases, objects, started, guard, lock);
            return true;
        }

        private List<SchemaObjects.Statements> before(Server server) throws IOException {
            for (int look = 1;; look++) {
                try {
                    List<Catalog.Database> databases = guard.catalog().databases();
                    checkDatabase(databases);
                    List<SchemaObjects.Statements> objects = objects(guard.session(), server, databases, what -> {
                    });
                    lock = selection.lockLoose() ? lockLoose(databases, guard) : null;
                    return objects;
                } catch (Catalog.Changed e) {
                    if (look == MOST_LOOKS) {
                        throw e;
                    }
                } catch (MySqlException e) {
                    if (look == MOST_LOOKS || !GONE.contains(e.code())) {
                        throw e;
                    }
                }
            }
        }

        Opened opened() {
            return opened;
        }

        @Override
        public void close() throws IOException {
            if (opened == null) {
                for (MySqlSession session : sessions) {
                    session.close();
                }
                if (lock != null) {
                    lock.close();
                }
                if (guard != null) {
                    guard.close();
                }
            }
        }
    }

    /**
     * ER_NO_SUCH_TABLE, ER_TRG_DOES_NOT_EXIST, ER_SP_DOES_NOT_EXIST and ER_EVENT_DOES_NOT_EXIST: dropped since it was
     * listed; ER_WARN_I_S_SKIPPED_TABLE, ER_LOCK_WAIT_TIMEOUT and ER_LOCK_DEADLOCK: whoever changes it came first.
     */
    private static final List<Integer> GONE = List.of(1146, 1360, 1305, 1539, 1684, 1205, 1213);

    private List<MySqlSession> sessions(Server server) throws IOException {
        List<MySqlSession> sessions = new ArrayList<>();
        do {
            MySqlSession session = connector.connect();
            session.query("SET SESSION lock_wait_timeout = " + (server.mariaDb() ? 0 : LEAST_WAIT_SECONDS));
            sessions.add(session);
        } while (sessions.size() < parallel && selection.data());
        return sessions;
    }

    /** Nobody writes to tables without transactions from before the snapshot until they are read. */
    private MySqlSession lockLoose(List<Catalog.Database> databases, Guard guard) throws IOException {
        List<Catalog.Name> loose = databases.stream().flatMap(database -> database.tables().stream())
                .filter(TablePlan::isLoose).map(table -> new Catalog.Name(table.database(), table.name(), null))
                .toList();
        if (loose.isEmpty()) {
            return null;
        }
        MySqlSession session = connector.connect();
        try {
            session.query(SnapshotOpener.lockTables(loose));
            guard.locked(loose);
            return session;
        } catch (MySqlException e) {
            session.close();
            if (GONE.contains(e.code())) {
                throw e;
            }
            throw new IOException("tables without transactions cannot be locked, as lockNonTransactional asks for: "
                    + e.serverMessage() + "; GRANT LOCK TABLES on their databases, or leave the option out", e);
        }
    }

    private List<SchemaObjects.Statements> objects(MySqlSession session, Server server,
            List<Catalog.Database> databases, Consumer<String> told) throws IOException {
        List<SchemaObjects.Statements> all = new ArrayList<>();
        if (selection.schema()) {
            SchemaObjects objects = new SchemaObjects(session, server, selection, told);
            for (Catalog.Database database : databases) {
                all.addAll(objects.after(database));
            }
        }
        return all;
    }

    private void checkDatabase(List<Catalog.Database> databases) throws IOException {
        if (databases.isEmpty() && selection.database() != null) {
            throw new IOException("there is no database '" + selection.database()
                    + "', the account may not see it, or none of its tables is chosen");
        }
    }

    private static List<Catalog.Name> tables(List<Catalog.Database> databases) {
        return databases.stream().flatMap(database -> database.tables().stream())
                .map(table -> new Catalog.Name(table.database(), table.name(), null)).toList();
    }

    private static List<String> described(List<SchemaObjects.Statements> objects) {
        return objects.stream().map(object -> object.kind() + " " + object.database() + " " + object.name() + " "
                + new String(object.sql(), StandardCharsets.ISO_8859_1)).toList();
    }
}
