package io.onedump.restore.rows;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;

import io.onedump.artifact.OpenConnections;
import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreListener;

/**
 * Loads the rows of all tables by all connections, the largest tables first, and builds a table's indexes as soon as
 * all of its rows are there; the first failure ends all.
 *
 * @param <I> an index, or all of a table
 */
public final class RowLoads<I> {

    /** What one connection does; both may end with the failure that ends the restore. */
    public interface Loader<I> {

        /** Loads a frame. */
        void load(DumpIndex.Table table, DumpIndex.Piece piece) throws IOException;

        /** Builds what had to wait for rows. */
        void build(I index) throws IOException;
    }

    private final DumpFile file;
    private final RestoreListener listener;
    private final Function<DumpIndex.Table, List<I>> indexes;
    private final Deque<Work> rows = new ArrayDeque<>();
    private final Deque<I> ready = new ArrayDeque<>();
    private final Map<DumpIndex.Table, Integer> left = new HashMap<>();
    private long allBytes;
    private long loadedBytes;
    private long loadedRows;
    private int busy;
    private volatile boolean stopped;

    /** Frames of one table in the order of its key or pages, for one connection. */
    private record Work(DumpIndex.Table table, List<DumpIndex.Piece> pieces) {
    }

    /**
     * @param isDone  whether a frame, by its number, was loaded by a restore that broke off
     * @param indexes what of a table can be built when its rows are there; asked once for each table
     * @param ready   what waits for no table's rows
     */
    public RowLoads(DumpFile file, List<DumpIndex.Table> tables, IntPredicate isDone,
            Function<DumpIndex.Table, List<I>> indexes, List<I> ready, RestoreListener listener) {
        this.file = file;
        this.indexes = indexes;
        this.listener = listener;
        this.ready.addAll(ready);
        tables.stream().sorted(Comparator.comparingLong((DumpIndex.Table table) -> file.bytes(table)).reversed())
                .forEach(table -> plan(table, isDone));
    }

    private void plan(DumpIndex.Table table, IntPredicate isDone) {
        allBytes += file.bytes(table);
        Map<Integer, List<DumpIndex.Piece>> chunks = new TreeMap<>();
        for (DumpIndex.Piece piece : table.pieces()) {
            if (isDone.test(piece.frame())) {
                loaded(piece);
            } else {
                chunks.computeIfAbsent(piece.chunk(), chunk -> new ArrayList<>()).add(piece);
            }
        }
        chunks.values().forEach(pieces -> rows.add(new Work(table, pieces)));
        left.put(table, chunks.size());
        if (chunks.isEmpty()) {
            ready.addAll(indexes.apply(table));
        }
    }

    /**
     * Loads all.
     *
     * @param name     of the threads
     * @param sessions connections, which are closed when one of them fails
     */
    public <S extends Closeable> void run(Threads threads, String name, List<S> sessions,
            Function<S, Loader<I>> loaders) throws IOException {
        Together.run(threads, name, sessions, session -> {
            Loader<I> loader = loaders.apply(session);
            while (next(loader)) {
                // The next one.
            }
        }, () -> stop(sessions));
    }

    private void stop(List<? extends Closeable> sessions) {
        synchronized (this) {
            stopped = true;
            rows.clear();
            ready.clear();
            notifyAll();
        }
        OpenConnections.closeAll(sessions);
    }

    private boolean next(Loader<I> loader) throws IOException {
        I index = null;
        Work work = null;
        synchronized (this) {
            while (ready.isEmpty() && rows.isEmpty()) {
                if (busy == 0 || stopped) {
                    notifyAll();
                    return false;
                }
                await();
            }
            index = ready.poll();
            work = index == null ? rows.poll() : null;
            busy++;
        }
        try {
            if (work != null) {
                load(loader, work);
            } else {
                loader.build(index);
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

    private void load(Loader<I> loader, Work work) throws IOException {
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
            if (left.merge(work.table(), -1, Integer::sum) == 0) {
                ready.addAll(indexes.apply(work.table()));
            }
        }
    }

    private void loaded(DumpIndex.Piece piece) {
        loadedBytes += file.frame(piece.frame()).plainSize();
        loadedRows += piece.rows();
    }
}
