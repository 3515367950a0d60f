package io.onedump.restore.postgres;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSql;
import io.onedump.restore.choice.RestoreException;

/**
 * A table on the target that says which frames have come in, so that a restore that broke off goes on. A frame and its
 * line are committed together; the line comes first, so that whoever loads the same frame waits.
 */
final class PgJournal {

    static final String TABLE = "_onedump_restore";

    private static final String UNIQUE_VIOLATION = "23505";

    private final String name;
    private final Set<Integer> done = ConcurrentHashMap.newKeySet();

    private PgJournal(String schema) {
        this.name = PgSql.name(schema, TABLE);
    }

    /**
     * Finds the journal of a restore that broke off, or null.
     *
     * @throws RestoreException when that was of something else
     */
    static PgJournal find(PgTarget target, String restore) throws IOException {
        for (List<String> row : target.query("SELECT n.nspname, pg_catalog.obj_description(c.oid, 'pg_class')"
                + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind = 'r' AND c.relname = " + PgSql.text(TABLE))) {
            PgJournal journal = new PgJournal(row.get(0));
            if (!restore.equals(row.get(1))) {
                throw new RestoreException("on the target a restore of another dump, or of other parts of this one,"
                        + " broke off: finish it first, or DROP TABLE " + journal.name + " and what it had restored");
            }
            Set<Integer> frames = new HashSet<>();
            target.query("SELECT frame FROM " + journal.name)
                    .forEach(line -> frames.add(Integer.parseInt(line.get(0))));
            journal.done.addAll(frames);
            return journal;
        }
        return null;
    }

    /** In the transaction that is open. */
    static PgJournal create(PgTarget target, String schema, String restore) throws IOException {
        PgJournal journal = new PgJournal(schema);
        target.query("CREATE TABLE " + journal.name + " (frame integer PRIMARY KEY); COMMENT ON TABLE " + journal.name
                + " IS " + PgSql.text(restore));
        return journal;
    }

    boolean isDone(int frame) {
        return done.contains(frame);
    }

    /** What is done with a frame. */
    interface Loading {
        void run() throws IOException;
    }

    /** In a transaction of its own, unless it is done already, also by a restore that broke off and is ending now. */
    void once(PgTarget target, int frame, Loading loading) throws IOException {
        if (isDone(frame)) {
            return;
        }
        target.query("BEGIN");
        try {
            target.query("INSERT INTO " + name + " VALUES (" + frame + ")");
        } catch (PgException e) {
            target.query("ROLLBACK");
            if (e.state().equals(UNIQUE_VIOLATION)) {
                done.add(frame);
                return;
            }
            throw e;
        }
        try {
            loading.run();
        } catch (PgException e) {
            target.query("ROLLBACK");
            throw e;
        }
        target.query("COMMIT");
        done.add(frame);
    }

    /** The restore is done, and on the disk. */
    void drop(PgTarget target) throws IOException {
        target.waitForDisk();
        target.query("DROP TABLE " + name);
    }
}
