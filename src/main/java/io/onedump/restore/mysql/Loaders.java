package io.onedump.restore.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreListener;

/**
 * Loads the rows of all tables by all connections, the largest tables first, and builds a table's keys as soon as all
 * of its rows are there; the first failure ends all.
 */
final class Loaders {

    /** ER_DUP_KEYNAME. */
    private static final int DUPLICATE_KEY_NAME = 1061;
    private static final int MOST_ATTEMPTS = 200;

    private final Threads threads;
    private final String address;
    private final NativePlan plan;
    private final Journal journal;
    private final Map<DumpIndex.Table, TableDefinition> deferred;
    private final RestoreListener listener;
    private final Deque<Work> rows = new ArrayDeque<>();
    private final Deque<DumpIndex.Table> keys = new ArrayDeque<>();
    private final Map<DumpIndex.Table, Integer> left = new HashMap<>();
    private final long allBytes;
    private long loadedBytes;
    private long loadedRows;
    private int busy;
    private volatile boolean stopped;

    /** Frames of one table in the order of its key, for one connection. */
    private record Work(DumpIndex.Table table, List<DumpIndex.Piece> pieces) {
    }

    Loaders(Threads threads, String address, NativePlan plan, Journal journal,
            Map<DumpIndex.Table, TableDefinition> deferred, RestoreListener listener) {
        this.threads = threads;
        this.address = address;
        this.plan = plan;
        this.journal = journal;
        this.deferred = deferred;
        this.listener = listener;
        this.allBytes = plan.bytes();
        plan.tables().stream()
                .sorted(Comparator.comparingLong((DumpIndex.Table table) -> plan.file().bytes(table)).reversed())
                .forEach(this::plan);
    }

    private void plan(DumpIndex.Table table) {
        Map<Integer, List<DumpIndex.Piece>> chunks = new TreeMap<>();
        for (DumpIndex.Piece piece : table.pieces()) {
            if (journal.isDone(piece.frame())) {
                loaded(piece);
            } else {
                chunks.computeIfAbsent(piece.chunk(), chunk -> new ArrayList<>()).add(piece);
            }
        }
        chunks.values().forEach(pieces -> rows.add(new Work(table, pieces)));
        left.put(table, chunks.size());
        if (chunks.isEmpty() && deferred.containsKey(table)) {
            keys.add(table);
        }
    }

    void load(List<TargetSession> sessions) throws IOException {
        Together.run(threads, "restore " + address, sessions, this::work, () -> stop(sessions));
    }

    private void work(TargetSession session) throws IOException {
        FrameLoader loader = new FrameLoader(session, plan.file(), journal);
        while (next(loader)) {
            // The next one.
        }
    }

    private void stop(List<TargetSession> sessions) {
        synchronized (this) {
            stopped = true;
            rows.clear();
            keys.clear();
            notifyAll();
        }
        for (TargetSession session : sessions) {
            try {
                session.close();
            } catch (IOException e) {
                // The failure is what counts.
            }
        }
    }

    private boolean next(FrameLoader loader) throws IOException {
        DumpIndex.Table table = null;
        Work work = null;
        synchronized (this) {
            while (keys.isEmpty() && rows.isEmpty()) {
                if (busy == 0 || stopped) {
                    notifyAll();
                    return false;
                }
                await();
            }
            table = keys.poll();
            work = table == null ? rows.poll() : null;
            busy++;
        }
        try {
            if (work != null) {
                load(loader, work);
            } else {
                build(loader.target(), table);
            }
        } finally {
            synchronized (this) {
                busy--;
                notifyAll();
            }
        }
        return !stopped;
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while restoring", e);
        }
    }

    private void load(FrameLoader loader, Work work) throws IOException {
        for (DumpIndex.Piece piece : work.pieces()) {
            if (stopped) {
                return;
            }
            loader.load(work.table(), piece, plan.targets().get(work.table().database()));
            synchronized (this) {
                loaded(piece);
                listener.loaded(loadedBytes, allBytes, loadedRows);
            }
        }
        synchronized (this) {
            if (left.merge(work.table(), -1, Integer::sum) == 0 && deferred.containsKey(work.table())) {
                keys.add(work.table());
            }
        }
    }

    private void loaded(DumpIndex.Piece piece) {
        loadedBytes += plan.file().frame(piece.frame()).plainSize();
        loadedRows += piece.rows();
    }

    private void build(TargetSession target, DumpIndex.Table table) throws IOException {
        String database = plan.targets().get(table.database());
        target.use(database);
        List<String> additions = deferred.get(table).additions(there(target, database, table));
        for (int attempt = 1; !additions.isEmpty(); attempt++) {
            byte[] sql = ("ALTER TABLE " + Names.bytes(Sql.name(table.name())) + " " + additions.get(0))
                    .getBytes(StandardCharsets.ISO_8859_1);
            try {
                target.run(sql, 0, sql.length, "keys of table " + table.database() + "." + table.name());
                additions = additions.subList(1, additions.size());
            } catch (MySqlException e) {
                // A restore that broke off may still build it on the server, which finishes what it has begun.
                if (e.code() != DUPLICATE_KEY_NAME || attempt > MOST_ATTEMPTS) {
                    throw e;
                }
                additions = deferred.get(table).additions(there(target, database, table));
            }
        }
    }

    /** The names of the keys that it has. */
    private static List<String> there(TargetSession target, String database, DumpIndex.Table table)
            throws IOException {
        List<String> there = new ArrayList<>();
        for (Row row : target.query("SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema"
                + " = " + Sql.text(database) + " AND table_name = " + Sql.text(table.name()))) {
            there.add(Names.bytes(row.get(0)));
        }
        return there;
    }
}
