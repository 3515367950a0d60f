package io.onedump.restore.mysql;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import io.onedump.restore.choice.RestoreException;

/**
 * A table on the target that says which frames have come in, so that a restore that broke off goes on. A frame's rows
 * and its line are committed together.
 */
final class Journal {

    static final String TABLE = "_onedump_restore";

    private final String name;
    private final Set<Integer> done = new HashSet<>();

    private Journal(String database) {
        this.name = Sql.name(database, TABLE);
    }

    /**
     * Finds the journal of a restore that broke off, or null.
     *
     * @throws RestoreException when that was of something else
     */
    static Journal find(TargetSession target, List<String> databases, String restore) throws IOException {
        for (String database : databases) {
            List<Row> found = target.query("SELECT table_comment FROM information_schema.tables WHERE table_schema = "
                    + Sql.text(database) + " AND table_name = " + Sql.text(TABLE));
            if (found.isEmpty()) {
                continue;
            }
            if (!found.get(0).get(0).equals(restore)) {
                throw new RestoreException("on the target a restore of another dump, or of other parts of this one,"
                        + " broke off: finish it first, or DROP TABLE " + Sql.name(database, TABLE)
                        + " and what it had restored");
            }
            Journal journal = new Journal(database);
            for (Row row : target.query("SELECT frame FROM " + journal.name)) {
                journal.done.add(Math.toIntExact(row.number(0)));
            }
            return journal;
        }
        return null;
    }

    static Journal create(TargetSession target, String database, String restore) throws IOException {
        Journal journal = new Journal(database);
        target.query("CREATE TABLE " + journal.name + " (frame INT NOT NULL PRIMARY KEY) ENGINE=InnoDB COMMENT="
                + Sql.text(restore));
        return journal;
    }

    boolean isDone(int frame) {
        return done.contains(frame);
    }

    /** Asks the server anew. */
    boolean isDoneByNow(TargetSession target, int frame) throws IOException {
        return !target.query("SELECT 1 FROM " + name + " WHERE frame = " + frame).isEmpty();
    }

    void forget(TargetSession target, List<Integer> frames) throws IOException {
        for (int frame : frames) {
            if (done.remove(frame)) {
                target.query("DELETE FROM " + name + " WHERE frame = " + frame);
            }
        }
    }

    void note(TargetSession target, int frame) throws IOException {
        target.query("INSERT INTO " + name + " VALUES (" + frame + ")");
    }

    void drop(TargetSession target) throws IOException {
        target.query("DROP TABLE " + name);
    }
}
