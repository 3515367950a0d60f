package io.onedump.slowlog.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.onedump.artifact.Threads;
import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.log.LogPosition;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.parse.LogHealth;
import io.onedump.slowlog.parse.LogSplitter;
import io.onedump.slowlog.parse.Metrics;
import io.onedump.slowlog.parse.ParseHealth;
import io.onedump.slowlog.text.Names;

/**
 * Digests logs with several readers. A large file is cut into pieces between events; a reader parses a piece as if the
 * log began there, except that the database carried into it may not be known yet: events that inherit it are counted
 * apart until the piece before is done.
 */
public final class LogDigester {

    /** A log without a place to cut in so many pieces' bytes is read in one go from there. */
    private static final int LONGEST_PIECE = 4;
    private static final byte[] NOT_MADE_YET = {};
    /** Of users, hosts, databases and errors. */
    private static final int MOST_NAMES = 20_000;

    private final Threads origin;
    private final EventFilter filter;
    private final int readers;
    private final DigestMemory memory;
    private final int piece;
    private final Scratch scratch;
    private final ToDoubleFunction<Profile> weight;
    private final Names.Registry metricNames = Metrics.registry();
    private final Names.Registry names = new Names.Registry(MOST_NAMES);
    private final LogSplitter splitter = new LogSplitter();
    /** By the number of the log: in which order they come about depends on the readers. */
    private final Map<Integer, List<LogFailure>> failures = new TreeMap<>();
    private final List<LogPosition> ends = new ArrayList<>();
    private final List<Future<?>> tasks = new ArrayList<>();
    private ParseHealth[] health;
    private BlockingQueue<byte[]> buffers;
    private BlockingQueue<PieceReader> idle;
    private Threads.Pool threads;

    /**
     * @param threads where the readers come from
     * @param readers threads that parse, at least 1; best the number of processors
     * @param scratch takes classes that do not fit into the memory, and is closed with the digest
     * @param weight  of which classes most are listed when there are more than can be; null for their query time
     */
    public LogDigester(Threads threads, EventFilter filter, int readers, Scratch scratch,
            ToDoubleFunction<Profile> weight) {
        this(threads, filter, readers, scratch, weight,
                DigestMemory.of(Runtime.getRuntime().maxMemory(), checked(readers)));
    }

    LogDigester(Threads threads, EventFilter filter, int readers, Scratch scratch, ToDoubleFunction<Profile> weight,
            DigestMemory memory) {
        this.origin = threads;
        this.filter = filter;
        this.readers = checked(readers);
        this.scratch = scratch;
        this.weight = weight;
        this.memory = memory;
        this.piece = memory.piece();
    }

    private static int checked(int readers) {
        if (readers < 1) {
            throw new IllegalArgumentException("at least one reader is needed, not " + readers);
        }
        return readers;
    }

    /**
     * Reads all logs. A log that cannot be read does not end the digest: {@link LogDigest#failures()} names it.
     *
     * @throws IOException          when the work folder cannot take what does not fit into the memory
     * @throws InterruptedException when the thread is interrupted
     */
    public LogDigest digest(List<LogInput> logs) throws IOException, InterruptedException {
        ClassSummary.Context context =
                new ClassSummary.Context(metricNames, names, logs.stream().map(LogInput::name).toList());
        ListedFile listed = new ListedFile(scratch);
        LogDigest digest = null;
        try (ClassStore classes = new ClassStore(scratch, context.logs())) {
            List<PieceReader> all = read(logs, classes);
            digest = new DigestBuilder(classes, listed, context, memory, weight).build(all, List.of(health),
                    failures.values().stream().flatMap(List::stream).toList());
            return digest;
        } finally {
            if (digest == null) {
                listed.close();
            }
        }
    }

    private List<PieceReader> read(List<LogInput> logs, ClassStore classes) throws IOException, InterruptedException {
        List<PieceReader> all = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            all.add(new PieceReader(filter, metricNames, names, classes, memory.classes()));
        }
        idle = new ArrayBlockingQueue<>(readers, false, all);
        buffers = new ArrayBlockingQueue<>(readers + 2);
        for (int i = 0; i < readers + 2; i++) {
            buffers.add(NOT_MADE_YET);
        }
        threads = origin.pool("slow log", readers);
        List<CompletableFuture<LogPosition>> last = new ArrayList<>();
        health = Stream.generate(ParseHealth::new).limit(logs.size()).toArray(ParseHealth[]::new);
        try {
            for (int i = 0; i < logs.size(); i++) {
                last.add(submit(logs.get(i), i));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException unchecked) {
                throw unchecked.getCause();
            }
            throw new IllegalStateException(e.getCause() instanceof OutOfMemoryError
                    ? "the heap is too small for the longest statements of the slow log: give Java more, with"
                            + " ONEDUMP_MEMORY=-Xmx512m for bin/onedump"
                    : "a reader of the slow log failed: " + e.getCause(), e.getCause());
        } finally {
            threads.close();
        }
        last.forEach(end -> ends.add(end.join()));
        for (int i = 0; i < logs.size(); i++) {
            refuseUnreadable(logs.get(i), i, LogHealth.of(health[i]));
        }
        buffers = null;
        return all;
    }

    /** Where reading each log ended. */
    public List<LogPosition> ends() {
        return ends;
    }

    private CompletableFuture<LogPosition> submit(LogInput log, int index) throws InterruptedException {
        CompletableFuture<LogPosition> start = CompletableFuture.completedFuture(log.start());
        try {
            // Whether an event passes a filter for databases must be known at once, so that log is not cut.
            if (readers > 1 && filter.databases().isEmpty() && log.sharedSize() > 2L * piece) {
                return cut(log, index, start);
            }
        } catch (IOException e) {
            failed(log, index, e);
            return start;
        }
        return rest(log, index, log.start().offset(), start);
    }

    private CompletableFuture<LogPosition> cut(LogInput log, int index, CompletableFuture<LogPosition> start)
            throws IOException, InterruptedException {
        CompletableFuture<LogPosition> before = start;
        long offset = log.start().offset();
        byte[] buffer = buffer(0);
        int filled = 0;
        try (InputStream in = log.open(offset)) {
            while (true) {
                filled += in.readNBytes(buffer, filled, buffer.length - filled);
                if (filled < buffer.length) {
                    return read(new LogPiece(log, index, buffer, filled, offset, true, before,
                            new CompletableFuture<>()));
                }
                int split = splitter.lastSplit(buffer, 0, filled);
                if (split <= 0 && buffer.length < LONGEST_PIECE * piece) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2);
                } else if (split <= 0) {
                    release(buffer);
                    return rest(log, index, offset, before);
                } else {
                    byte[] next = buffer(filled - split);
                    System.arraycopy(buffer, split, next, 0, filled - split);
                    before = read(new LogPiece(log, index, buffer, split, offset, false, before,
                            new CompletableFuture<>()));
                    offset += split;
                    filled -= split;
                    buffer = next;
                }
            }
        }
    }

    private CompletableFuture<LogPosition> rest(LogInput log, int index, long offset,
            CompletableFuture<LogPosition> before) {
        return read(new LogPiece(log, index, null, 0, offset, true, before, new CompletableFuture<>()));
    }

    /** Has a piece read; the pieces of a log are read in their order, so none waits for one that has not begun. */
    private CompletableFuture<LogPosition> read(LogPiece piece) {
        tasks.add(threads.submit(() -> {
            PieceReader reader = idle.remove();
            try {
                reader.read(piece, read -> count(piece.index(), read));
            } catch (IOException e) {
                failed(piece.log(), piece.index(), e);
            } finally {
                idle.add(reader);
                release(piece.bytes());
            }
            return null;
        }));
        return piece.after();
    }

    /** A buffer with room for more than {@code bytes}; waits until a reader is done with one. */
    private byte[] buffer(int bytes) throws InterruptedException {
        byte[] buffer = buffers.take();
        if (buffer.length > bytes) {
            return buffer;
        }
        return new byte[Math.max(piece, Integer.highestOneBit(bytes) * 2)];
    }

    private void release(byte[] buffer) {
        if (buffer != null) {
            buffers.add(buffer.length == piece ? buffer : NOT_MADE_YET);
        }
    }

    private synchronized void count(int log, ParseHealth read) {
        health[log].add(read);
    }

    private void refuseUnreadable(LogInput log, int index, LogHealth read) {
        if (read.isUnreadable()) {
            failed(index, LogFailure.notALog(log.name(), read));
        }
    }

    private void failed(LogInput log, int index, IOException e) {
        failed(index, LogFailure.of(log.name(), e));
    }

    private synchronized void failed(int index, LogFailure failure) {
        failures.computeIfAbsent(index, log -> new ArrayList<>()).add(failure);
    }
}
