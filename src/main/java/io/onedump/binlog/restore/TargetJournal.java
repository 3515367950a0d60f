package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import io.onedump.restore.choice.RestoreException;
import org.slf4j.Logger;

/**
 * What a restore changes of its target for as long as it runs, noted in a table on the target before it is done.
 * Whoever comes next, from whichever machine, finds there what one that was killed has left, and puts it back. The
 * table is in no binary log. A lock of the server's, which ends with its connection, tells a restore that is at work
 * from one that was killed.
 */
final class TargetJournal implements Closeable {

    private static final Logger LOG = CleanLog.of(TargetJournal.class);
    private static final String SCHEMA = "mysql";
    private static final String NAME = "_onedump_target";
    private static final String TABLE = Sql.name(SCHEMA, NAME);
    private static final String LOCK = "'onedump.restore'";
    /** A connection that was cut may hold the lock for a moment more. */
    private static final int PATIENCE_SECONDS = 5;
    private static final int LONGEST_IDLE_SECONDS = 31_536_000;

    private final MySqlSettings target;
    private final MySqlSession session;
    private final Threads.Scheduled atTermination;
    private final List<TargetChange> changes = new ArrayList<>();
    private boolean noted;
    private boolean closed;

    private TargetJournal(MySqlSettings target, MySqlSession session) {
        this.target = target;
        this.session = session;
        this.atTermination = Threads.atTermination("putting back what was changed of the target", this::putBackAll);
    }

    /**
     * Begins one, when what was left of another is put back.
     *
     * @throws RestoreException when another restore is at work there
     */
    static TargetJournal open(MySqlSettings target) throws IOException {
        MySqlSession session = locked(target);
        try {
            putBackLeft(session, target).forEach(LOG::warn);
            return new TargetJournal(target, session);
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** What a restore that was killed has left; changes nothing. */
    static List<TargetChange> left(MySqlSettings target) throws IOException {
        try (MySqlSession session = locked(target)) {
            return left(session);
        }
    }

    /** @return what was done, for people */
    static List<String> putBackLeft(MySqlSettings target) throws IOException {
        try (MySqlSession session = locked(target)) {
            return putBackLeft(session, target);
        }
    }

    private static List<String> putBackLeft(MySqlSession session, MySqlSettings target) throws IOException {
        List<String> done = new ArrayList<>();
        for (TargetChange change : left(session)) {
            change.putBack(session).ifPresent(what -> done.add("a restore that was killed has left something on "
                    + target.address() + ": " + what));
        }
        if (exists(session)) {
            quietly(session);
            session.query("DROP TABLE " + TABLE);
        }
        return done;
    }

    private static MySqlSession locked(MySqlSettings target) throws IOException {
        MySqlSession session = MySqlSession.connect(target);
        try {
            session.query("SET SESSION wait_timeout=" + LONGEST_IDLE_SECONDS);
            String got = session.query("SELECT GET_LOCK(" + LOCK + ", " + PATIENCE_SECONDS + ")").get(0).get(0);
            if (!"1".equals(got)) {
                String holder = session.query("SELECT IS_USED_LOCK(" + LOCK + ")").get(0).get(0);
                throw new RestoreException("another restore is at work on the target " + target.address()
                        + ", by its connection " + holder + ": let it end, or end it (KILL " + holder
                        + ") when its machine is gone");
            }
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static boolean exists(MySqlSession session) throws IOException {
        return !session.query("SELECT 1 FROM information_schema.tables WHERE table_schema = " + Sql.text(SCHEMA)
                + " AND table_name = " + Sql.text(NAME)).isEmpty();
    }

    /** What was changed last comes first. */
    private static List<TargetChange> left(MySqlSession session) throws IOException {
        List<TargetChange> left = new ArrayList<>();
        if (exists(session)) {
            for (Row row : session.query("SELECT id, kind, name, before_it, meanwhile FROM " + TABLE
                    + " ORDER BY id DESC")) {
                try {
                    left.add(new TargetChange(row.number(0), TargetChange.Kind.valueOf(row.get(1)), row.get(2),
                            row.get(3), row.get(4)));
                } catch (IllegalArgumentException e) {
                    throw new RestoreException("on the target, " + TABLE + " notes a change of a kind that this version"
                            + " does not know, " + row.get(1) + ": put it back with the version that made it", e);
                }
            }
        }
        return left;
    }

    private static void quietly(MySqlSession session) throws IOException {
        session.query("SET SESSION sql_log_bin=0");
    }

    /**
     * Sets a global variable.
     *
     * @throws MySqlException when the account may not
     */
    synchronized void set(String variable, String value) throws IOException {
        String before = GlobalSetting.value(session, variable)
                .orElseThrow(() -> new IOException("the target has no variable " + variable));
        change(TargetChange.Kind.VARIABLE, variable, before, value,
                () -> GlobalSetting.set(session, variable, value));
        LOG.info("target: {} set from {} to {} for the restore", variable, before, value);
    }

    /** Sets the filters that a part takes. */
    synchronized void filter(Part part) throws IOException {
        if (!part.isAll()) {
            change(TargetChange.Kind.FILTERS, "", "", String.join(",", part.patterns()),
                    () -> ReplicationFilter.set(session, part));
        }
    }

    /** @param source {@code host:port} of which the target is about to become a replica */
    synchronized void replica(String source) throws IOException {
        change(TargetChange.Kind.REPLICA, "", "", source, () -> {
        });
    }

    private interface Doing {
        void run() throws IOException;
    }

    private void change(TargetChange.Kind kind, String name, String before, String meanwhile, Doing doing)
            throws IOException {
        if (closed) {
            throw new IOException("the restore is being ended");
        }
        TargetChange change = new TargetChange(changes.size() + 1L, kind, name, before, meanwhile);
        note(change);
        changes.add(change);
        doing.run();
    }

    private void note(TargetChange change) throws IOException {
        try {
            if (changes.isEmpty()) {
                quietly(session);
                session.query("CREATE TABLE " + TABLE + " (id INT NOT NULL PRIMARY KEY, kind VARCHAR(20) NOT NULL, name"
                        + " VARCHAR(64) NOT NULL, before_it TEXT NOT NULL, meanwhile TEXT NOT NULL) ENGINE=InnoDB"
                        + " DEFAULT CHARACTER SET utf8mb4 COMMENT='what a restore has changed and puts back'");
                noted = true;
            }
            if (noted) {
                session.query("INSERT INTO " + TABLE + " VALUES (" + change.id() + ", " + Sql.text(change.kind().name())
                        + ", " + Sql.text(change.name()) + ", " + Sql.text(change.before()) + ", "
                        + Sql.text(change.meanwhile()) + ")");
            }
        } catch (MySqlException e) {
            LOG.warn("what is changed of the target cannot be noted there, and stays changed should this restore be"
                    + " killed: {}", e.getMessage());
        }
    }

    private void putBackAll() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("not everything that was changed of the target could be put back; the next restore there does it:"
                    + " {}", e.getMessage());
        }
    }

    /**
     * Puts everything back, what was changed last first.
     *
     * @throws IOException saying what stays changed
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        atTermination.close();
        try (session; MySqlSession own = MySqlSession.connect(target)) {
            List<String> kept = new ArrayList<>();
            for (int i = changes.size() - 1; i >= 0; i--) {
                try {
                    changes.get(i).putBack(own);
                } catch (MySqlException e) {
                    kept.add(changes.get(i) + ": " + e.getMessage());
                }
            }
            if (!kept.isEmpty()) {
                throw new IOException("the target did not get its own settings back: " + String.join("; ", kept));
            }
            if (noted) {
                quietly(own);
                own.query("DROP TABLE " + TABLE);
            }
        }
    }
}
