package io.onedump.restore.mysql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.Frame;
import io.onedump.dump.format.FrameCompressor;
import io.onedump.restore.choice.RestoreException;

/** Loads frames with rows by one connection, each in one transaction. For one thread. */
final class FrameLoader {

    /** Larger frames hold one row and go through without being held. */
    static final int BUFFER = FrameCompressor.MOST_SQL;
    static final long MOST_STATEMENT = 1 << 20;

    /** ER_LOCK_WAIT_TIMEOUT and ER_LOCK_DEADLOCK. */
    private static final int LOCK_WAIT = 1205;
    private static final int DEADLOCK = 1213;
    /** ER_DUP_ENTRY. */
    private static final int DUPLICATE_ENTRY = 1062;
    private static final int MOST_ATTEMPTS = 10;

    private final TargetSession target;
    private final DumpFile file;
    private final Journal journal;
    private final byte[] buffer = new byte[BUFFER];

    FrameLoader(TargetSession target, DumpFile file, Journal journal) {
        this.target = target;
        this.file = file;
        this.journal = journal;
    }

    TargetSession target() {
        return target;
    }

    /** @param database the target's */
    void load(DumpIndex.Table table, DumpIndex.Piece piece, String database) throws IOException {
        Frame frame = file.frame(piece.frame());
        String what = "table " + table.database() + "." + table.name() + ", frame " + frame.number();
        target.use(database);
        byte[] use = file.index().origin().named()
                ? ("USE " + Sql.name(table.database()) + ";\n").getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        byte[] insert = ("INSERT INTO " + Sql.name(table.name()) + " (").getBytes(StandardCharsets.UTF_8);
        for (int attempt = 1;; attempt++) {
            try (InputStream sql = file.sql(frame)) {
                target.query("START TRANSACTION");
                if (!Arrays.equals(sql.readNBytes(use.length), use)) {
                    throw new RestoreException(what + " does not begin with its database: the table index is not this"
                            + " dump's");
                }
                long left = frame.plainSize() - use.length;
                if (left > BUFFER) {
                    large(sql, left, insert, what);
                } else {
                    statements(sql, (int) left, insert, what);
                }
                journal.note(target, frame.number());
                target.query("COMMIT");
                return;
            } catch (MySqlException e) {
                target.query("ROLLBACK");
                if (e.code() == DUPLICATE_ENTRY && journal.isDoneByNow(target, frame.number())) {
                    // By the restore that broke off, of which the server had not heard yet.
                    return;
                }
                if (e.code() != DEADLOCK && e.code() != LOCK_WAIT || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** One statement, without what ends it. */
    private void large(InputStream sql, long length, byte[] insert, String what) throws IOException {
        byte[] beginning = sql.readNBytes(insert.length);
        check(beginning, 0, beginning.length, insert, what);
        target.run(new SequenceInputStream(new ByteArrayInputStream(beginning), sql), length - 2, what);
        if (sql.readNBytes(3).length != 2) {
            throw new RestoreException(what + " is not as long as the seek table says");
        }
    }

    /** In frames with rows no value holds a line break, so that a semicolon before one ends a statement. */
    private void statements(InputStream sql, int length, byte[] insert, String what) throws IOException {
        if (sql.readNBytes(buffer, 0, length) < length || sql.read() >= 0) {
            throw new RestoreException(what + " is not as long as the seek table says");
        }
        int from = 0;
        for (int at = 1; at < length; at++) {
            if (buffer[at] == '\n' && buffer[at - 1] == ';') {
                check(buffer, from, at - 1, insert, what);
                target.run(buffer, from, at - 1 - from, what);
                from = at + 1;
            }
        }
        if (from < length) {
            throw new RestoreException(what + " ends in the middle of a statement");
        }
    }

    /** Rows go into the table that was asked for and into no other, whatever the index says. */
    private static void check(byte[] sql, int from, int to, byte[] insert, String what) throws RestoreException {
        if (to - from < insert.length || !Arrays.equals(sql, from, from + insert.length, insert, 0, insert.length)) {
            throw new RestoreException(what + " is not of that table: the table index is not this dump's");
        }
    }
}
