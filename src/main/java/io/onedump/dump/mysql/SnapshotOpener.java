package io.onedump.dump.mysql;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.onedump.artifact.CleanLog;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import org.slf4j.Logger;

/**
 * Has several connections see one moment, by the first way that the server and the account allow. Where there is none,
 * one connection alone sees it.
 */
final class SnapshotOpener {

    private static final Logger LOG = CleanLog.of(SnapshotOpener.class);

    private static final String OPEN = "START TRANSACTION WITH CONSISTENT SNAPSHOT";
    private static final int MOST_TRIES = 200;
    private static final Duration LONGEST_TRIES = Duration.ofSeconds(2);
    private static final int LOCK_TRIES = 9;
    /** Nobody's writing is to stand still for longer. */
    private static final int LOCK_WAIT_SECONDS = 1;
    /** FLUSH TABLES WITH READ LOCK waits for such statements, and everybody else for it. */
    private static final int LONG_STATEMENT_SECONDS = 2;

    private final Server server;
    private final String only;
    private final Map<String, Integer> lockWaits = new HashMap<>();
    private List<MySqlSession> sessions;
    private Guard guard;
    /** Whether this beginning found a table that was being changed. */
    private boolean disturbed;

    /** @param only the one way that is taken, null for the first that is open */
    SnapshotOpener(Server server, String only) {
        this.server = server;
        this.only = only;
    }

    /** A way to a snapshot; empty when it is not open to us. */
    private interface Way {
        Optional<Snapshot> open() throws IOException, Waits;
    }

    /** Somebody changes what we want to hold, or holds what a lock waits for. */
    private static final class Waits extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param  all   of them are to see the moment; what is not needed of them is closed
     * @param  guard holds the tables from before the snapshot on
     * @return       empty when something was waited for in vain: it is worth trying again
     */
    Optional<Snapshot> open(List<MySqlSession> all, Guard guard) throws IOException {
        sessions = new ArrayList<>(all);
        this.guard = guard;
        disturbed = false;
        try {
            return open();
        } catch (Waits e) {
            for (MySqlSession session : sessions) {
                session.close();
            }
            return Optional.empty();
        }
    }

    private void hold() throws IOException, Waits {
        if (!guard.hold()) {
            throw new Waits();
        }
    }

    private Optional<Snapshot> open() throws IOException, Waits {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("binlog-snapshot", this::byBinlogSnapshot);
        if (server.mariaDb()) {
            ways.put("backup-stage", this::byBackupStage);
        }
        ways.put("lock-tables", this::byTableLocks);
        ways.put("global-lock", this::byGlobalLock);
        for (Map.Entry<String, Way> way : ways.entrySet()) {
            if ((only == null || only.equals(way.getKey()))
                    && lockWaits.getOrDefault(way.getKey(), 0) < LOCK_TRIES) {
                Optional<Snapshot> snapshot = way.getValue().open();
                if (snapshot.isPresent()) {
                    return snapshot;
                }
            }
        }
        if (disturbed) {
            throw new Waits();
        }
        hold();
        while (sessions.size() > 1) {
            sessions.remove(sessions.size() - 1).close();
        }
        sessions.get(0).query(OPEN);
        touch();
        return Optional.of(new Snapshot(sessions, "one-connection", null, null));
    }

    private void touch() throws IOException, Waits {
        if (!Guard.touch(sessions, guard.tables())) {
            throw new Waits();
        }
    }

    /** MariaDB and Percona tell each transaction's own place in the binary log. */
    private Optional<Snapshot> byBinlogSnapshot() throws IOException, Waits {
        if (place(sessions.get(0)).isEmpty()) {
            return Optional.empty();
        }
        long begun = System.nanoTime();
        for (int tries = 1; System.nanoTime() - begun < LONGEST_TRIES.multipliedBy(2).toNanos(); tries++) {
            // Else whoever changes a table would wait for what these hold of the try before, and the guard for him.
            rollBack();
            hold();
            MySqlSession.together(sessions, OPEN);
            if (!Guard.touch(sessions, guard.tables())) {
                disturbed = true;
                if (only == null) {
                    // A lock that keeps off changes is quicker than hoping for a moment without one.
                    break;
                }
                continue;
            }
            List<String> places = places();
            String place = places.stream().max(Comparator.comparingInt(each -> Collections.frequency(places, each)))
                    .orElseThrow();
            int equal = Collections.frequency(places, place);
            // Where so much is written that all are never equal, two are better than one.
            boolean late = tries > MOST_TRIES || System.nanoTime() - begun > LONGEST_TRIES.toNanos();
            if ((equal == places.size() || late && equal > 1) && places().equals(places)) {
                for (int i = places.size() - 1; i >= 0; i--) {
                    if (!places.get(i).equals(place)) {
                        sessions.remove(i).close();
                    }
                }
                LOG.debug("one snapshot for {} connections at {} after {} tries", equal, place, tries);
                return Optional.of(new Snapshot(sessions, "binlog-snapshot", place, gtidAt(place)));
            }
        }
        rollBack();
        if (disturbed && only != null) {
            throw new Waits();
        }
        return Optional.empty();
    }

    /**
     * Asked one after the other, and to be asked twice: the server puts the answer together in a place that all of its
     * sessions share, so that whoever asks for the status at the same moment may get another session's, or we his.
     */
    private List<String> places() throws IOException {
        List<String> places = new ArrayList<>();
        for (MySqlSession session : sessions) {
            places.add(place(session));
        }
        return places;
    }

    /** Empty where there is none. */
    private static String place(MySqlSession session) throws IOException {
        String file = "";
        String position = "";
        for (Row row : session.query("SHOW STATUS LIKE 'binlog_snapshot_%'")) {
            if (row.get(0).equalsIgnoreCase("binlog_snapshot_file")) {
                file = row.get(1);
            } else if (row.get(0).equalsIgnoreCase("binlog_snapshot_position")) {
                position = row.get(1);
            }
        }
        return file == null || file.isEmpty() ? "" : file + ":" + position;
    }

    private String gtidAt(String place) throws IOException {
        if (!server.mariaDb()) {
            return null;
        }
        int colon = place.lastIndexOf(':');
        try {
            String gtid = Row.only(sessions.get(0).query("SELECT BINLOG_GTID_POS("
                    + Sql.text(place.substring(0, colon)) + ", " + place.substring(colon + 1) + ")")).get(0);
            return gtid == null || gtid.isEmpty() ? null : gtid;
        } catch (MySqlException e) {
            LOG.debug("no GTID of the snapshot: {}", e.getMessage());
            return null;
        }
    }

    private Optional<Snapshot> byBackupStage() throws IOException, Waits {
        if (!guard.locked().isEmpty()) {
            return Optional.empty();
        }
        guard.list();
        return underLock("backup-stage", List.of("BACKUP STAGE START", "BACKUP STAGE BLOCK_COMMIT"),
                "BACKUP STAGE END");
    }

    /** Transactions that have written to one of them end before they are locked. */
    private Optional<Snapshot> byTableLocks() throws IOException, Waits {
        guard.list();
        List<Catalog.Name> all = new ArrayList<>(guard.tables());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        all.removeAll(guard.locked());
        return underLock("lock-tables", all.isEmpty() ? List.of() : List.of(lockTables(all)), "UNLOCK TABLES");
    }

    static String lockTables(List<Catalog.Name> tables) {
        return "LOCK TABLES " + tables.stream().map(table -> Sql.name(table.database(), table.table()) + " READ")
                .collect(Collectors.joining(", "));
    }

    private Optional<Snapshot> byGlobalLock() throws IOException, Waits {
        List<Row> running = sessions.get(0).query("SELECT id FROM information_schema.processlist WHERE command ="
                + " 'Query' AND time >= " + LONG_STATEMENT_SECONDS + " AND id <> CONNECTION_ID()");
        if (!running.isEmpty() || !guard.locked().isEmpty()) {
            LOG.debug("{} long statements run: no FLUSH TABLES WITH READ LOCK", running.size());
            return Optional.empty();
        }
        // Statements that wait for that one would be waited for here.
        guard.unlockInstance();
        guard.list();
        return underLock("global-lock", List.of("FLUSH TABLES WITH READ LOCK"), "UNLOCK TABLES");
    }

    /**
     * The lock has a connection of its own, whose end takes it away whatever happens. It keeps off changes of tables
     * itself: a guard would only have it wait for those who wait for the guard.
     */
    private Optional<Snapshot> underLock(String method, List<String> lock, String unlock)
            throws IOException, Waits {
        try (MySqlSession locking = Server.open(server.settings())) {
            locking.query("SET SESSION lock_wait_timeout = " + LOCK_WAIT_SECONDS);
            for (String statement : lock) {
                locking.query(statement);
            }
            MySqlSession.together(sessions, OPEN);
            touch();
            String position = position(locking);
            String gtid = gtid(locking);
            locking.query(unlock);
            return Optional.of(new Snapshot(sessions, method, position, gtid));
        } catch (MySqlException e) {
            LOG.debug("no snapshot by {}: {}", method, e.serverMessage());
            rollBack();
            if (e.code() == LOCK_WAIT_TIMEOUT || e.code() == NO_SUCH_TABLE) {
                lockWaits.merge(method, 1, Integer::sum);
                throw new Waits();
            }
            return Optional.empty();
        }
    }

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int NO_SUCH_TABLE = 1146;

    private static String position(MySqlSession session) throws IOException {
        try {
            return BinlogPosition.latest(session).map(BinlogPosition::toString).orElse(null);
        } catch (MySqlException e) {
            return null;
        }
    }

    private String gtid(MySqlSession session) throws IOException {
        String gtid = Row.only(session.query(server.mariaDb()
                ? "SELECT @@global.gtid_binlog_pos"
                : "SELECT @@global.gtid_executed")).get(0);
        return gtid == null || gtid.isBlank() ? null : gtid.replaceAll("\\s", "");
    }

    private void rollBack() throws IOException {
        MySqlSession.together(sessions, "ROLLBACK");
    }
}
