package io.onedump.restore.postgres;

import java.io.IOException;
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
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreListener;

/**
 * Loads the rows of all tables by all connections, the largest tables first, and builds a table's indexes as soon as
 * all of its rows are there.
 */
final class PgLoaders {

    private final Threads threads;
    private final String address;
    private final PgPlan plan;
    private final PgJournal journal;
    private final PgSchema schema;
    private final RestoreListener listener;
    private final Deque<Work> rows = new ArrayDeque<>();
    private final Deque<DumpIndex.Part> indexes = new ArrayDeque<>();
    private final Map<String, Integer> left = new HashMap<>();
    private final Map<String, List<DumpIndex.Part>> waiting = new HashMap<>();
    private final long allBytes;
    private long loadedBytes;
    private long loadedRows;
    private int busy;
    private volatile boolean stopped;

    /** Frames of one table in the order of its pages, for one connection. */
    private record Work(DumpIndex.Table table, List<DumpIndex.Piece> pieces) {
    }

    PgLoaders(Threads threads, String address, PgPlan plan, PgJournal journal, PgSchema schema,
            RestoreListener listener) {
        this.threads = threads;
        this.address = address;
        this.plan = plan;
        this.journal = journal;
        this.schema = schema;
        this.listener = listener;
        this.allBytes = plan.bytes();
        for (DumpIndex.Part part : plan.indexes()) {
            if (!journal.isDone(part.frame())) {
                waiting.computeIfAbsent(PgPlan.relation(part), table -> new ArrayList<>()).add(part);
            }
        }
        plan.tables().stream()
                .sorted(Comparator.comparingLong((DumpIndex.Table table) -> plan.file().bytes(table)).reversed())
                .forEach(this::plan);
        List.copyOf(waiting.keySet()).stream().filter(table -> !left.containsKey(table)).forEach(this::complete);
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
        if (!chunks.isEmpty()) {
            left.put(key(table), chunks.size());
        }
    }

    private static String key(DumpIndex.Table table) {
        return PgPlan.key(table.database(), table.name());
    }

    private void complete(String table) {
        List<DumpIndex.Part> ready = waiting.remove(table);
        if (ready != null) {
            indexes.addAll(ready);
        }
    }

    void load(List<PgTarget> targets) throws IOException {
        Together.run(threads, "restore " + address, targets, this::work, () -> stop(targets));
    }

    private void work(PgTarget target) throws IOException {
        PgFrameLoader loader = new PgFrameLoader(target, plan.file(), journal);
        while (next(loader)) {
            // The next one.
        }
    }

    private void stop(List<PgTarget> targets) {
        synchronized (this) {
            stopped = true;
            rows.clear();
            indexes.clear();
            notifyAll();
        }
        for (PgTarget target : targets) {
            try {
                target.close();
            } catch (IOException e) {
                // The failure is what counts.
            }
        }
    }

    private boolean next(PgFrameLoader loader) throws IOException {
        DumpIndex.Part index = null;
        Work work = null;
        synchronized (this) {
            while (indexes.isEmpty() && rows.isEmpty()) {
                if (busy == 0 || stopped) {
                    notifyAll();
                    return false;
                }
                await();
            }
            index = indexes.poll();
            work = index == null ? rows.poll() : null;
            busy++;
        }
        try {
            if (work != null) {
                load(loader, work);
            } else {
                schema.after(loader.target(), index, journal);
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

    private void load(PgFrameLoader loader, Work work) throws IOException {
        for (DumpIndex.Piece piece : work.pieces()) {
            if (stopped) {
                return;
            }
            loader.load(work.table(), piece);
            synchronized (this) {
                loaded(piece);
                listener.loaded(loadedBytes, allBytes, loadedRows);
            }
        }
        synchronized (this) {
            if (left.merge(key(work.table()), -1, Integer::sum) == 0) {
                complete(key(work.table()));
            }
        }
    }

    private void loaded(DumpIndex.Piece piece) {
        loadedBytes += plan.file().frame(piece.frame()).plainSize();
        loadedRows += piece.rows();
    }
}
