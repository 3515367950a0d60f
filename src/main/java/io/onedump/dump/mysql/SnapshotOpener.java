package io.onedump.dump.mysql;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final int LOCK_TRIES = 3;
    /** Nobody's writing is to stand still for longer. */
    private static final int LOCK_WAIT_SECONDS = 3;
    /** FLUSH TABLES WITH READ LOCK waits for such statements, and everybody else for it. */
    private static final int LONG_STATEMENT_SECONDS = 2;

    private final Server server;
    private final List<MySqlSession> sessions;
    private final List<TablePlan> tables;

    /** @param sessions all that are to see the moment; what is not needed of them is closed */
    SnapshotOpener(Server server, List<MySqlSession> sessions, List<TablePlan> tables) {
        this.server = server;
        this.sessions = sessions;
        this.tables = tables;
    }

    /** A way to a snapshot; empty when it is not open to us. */
    private interface Way {
        Optional<Snapshot> open() throws IOException;
    }

    Snapshot open() throws IOException {
        List<Way> ways = server.mariaDb()
                ? List.of(this::byBinlogSnapshot, this::byBackupStage, this::byTableLocks, this::byGlobalLock)
                : List.of(this::byBinlogSnapshot, this::byTableLocks, this::byGlobalLock);
        for (Way way : ways) {
            Optional<Snapshot> snapshot = way.open();
            if (snapshot.isPresent()) {
                return snapshot.get();
            }
        }
        while (sessions.size() > 1) {
            sessions.remove(sessions.size() - 1).close();
        }
        sessions.get(0).query(OPEN);
        return new Snapshot(sessions, "one-connection", null, null);
    }

    /** MariaDB and Percona tell each transaction's own place in the binary log. */
    private Optional<Snapshot> byBinlogSnapshot() throws IOException {
        long end = System.nanoTime() + LONGEST_TRIES.toNanos();
        for (int tries = 1; tries <= MOST_TRIES && System.nanoTime() < end; tries++) {
            MySqlSession.together(sessions, OPEN);
            List<String> places = new ArrayList<>();
            for (MySqlSession session : sessions) {
                places.add(binlogSnapshot(session));
            }
            if (places.get(0).isEmpty()) {
                break;
            }
            if (places.stream().distinct().count() == 1) {
                LOG.debug("one snapshot for {} connections at {} after {} tries", sessions.size(), places.get(0),
                        tries);
                String place = places.get(0);
                return Optional.of(new Snapshot(sessions, "binlog-snapshot", place, gtidAt(place)));
            }
        }
        rollBack();
        return Optional.empty();
    }

    /** Empty where there is none. */
    private static String binlogSnapshot(MySqlSession session) throws IOException {
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

    private Optional<Snapshot> byBackupStage() throws IOException {
        return underLock("backup-stage", List.of("BACKUP STAGE START", "BACKUP STAGE BLOCK_COMMIT"),
                "BACKUP STAGE END");
    }

    /** Transactions that have written to one of them end before they are locked. */
    private Optional<Snapshot> byTableLocks() throws IOException {
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        String all = tables.stream().map(table -> Sql.name(table.database(), table.name()) + " READ")
                .collect(Collectors.joining(", "));
        return underLock("lock-tables", List.of("LOCK TABLES " + all), "UNLOCK TABLES");
    }

    private Optional<Snapshot> byGlobalLock() throws IOException {
        List<Row> running = sessions.get(0).query("SELECT id FROM information_schema.processlist WHERE command ="
                + " 'Query' AND time >= " + LONG_STATEMENT_SECONDS + " AND id <> CONNECTION_ID()");
        if (!running.isEmpty()) {
            LOG.debug("{} long statements run: no FLUSH TABLES WITH READ LOCK", running.size());
            return Optional.empty();
        }
        return underLock("global-lock", List.of("FLUSH TABLES WITH READ LOCK"), "UNLOCK TABLES");
    }

    /** The lock has a connection of its own, whose end takes it away whatever happens. */
    private Optional<Snapshot> underLock(String method, List<String> lock, String unlock) throws IOException {
        for (int tries = 1; tries <= LOCK_TRIES; tries++) {
            try (MySqlSession locking = Server.open(server.settings())) {
                locking.query("SET SESSION lock_wait_timeout = " + LOCK_WAIT_SECONDS);
                for (String statement : lock) {
                    locking.query(statement);
                }
                MySqlSession.together(sessions, OPEN);
                String position = position(locking);
                String gtid = gtid(locking);
                locking.query(unlock);
                return Optional.of(new Snapshot(sessions, method, position, gtid));
            } catch (MySqlException e) {
                LOG.debug("no snapshot by {}: {}", method, e.serverMessage());
                rollBack();
                if (e.code() != LOCK_WAIT_TIMEOUT) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** ER_LOCK_WAIT_TIMEOUT. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

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
        for (MySqlSession session : sessions) {
            session.query("ROLLBACK");
        }
    }
}
