package io.onedump.sync;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.artifact.Threads;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.TransientStorageException;
import io.onedump.sync.source.SourceChangedException;
import io.onedump.sync.source.SourceFile;
import io.onedump.sync.source.SourceFiles;
import io.onedump.sync.source.SourceScan.Finding;
import io.onedump.sync.state.ProvedFile;
import io.onedump.sync.state.StateStore;
import org.slf4j.Logger;

/**
 * The files that are to be sent, and what became of them; for any number of threads. A failure that a later attempt may
 * cure puts the file at the end again.
 */
public final class Transfers {

    private static final Logger LOG = CleanLog.of(Transfers.class);
    private static final int BATCH = 1000;

    private final Deque<SourceFile> pending;
    private final int maxAttempts;
    private final StateStore state;
    private final String location;
    private final SyncMonitor monitor;
    private final Threads threads;
    private final Map<String, Integer> attempts = new HashMap<>();
    private final List<ProvedFile> unrecorded = new ArrayList<>();
    private final List<ProvedFile> untimed = new ArrayList<>();
    private final List<Finding> failures = new ArrayList<>();
    private int active;
    private int sentFiles;
    private long sentBytes;
    private IOException stateFailure;

    Transfers(Collection<SourceFile> files, int maxAttempts, StateStore state, String location, SyncMonitor monitor,
            Threads threads) {
        this.threads = threads;
        this.pending = new ArrayDeque<>(files);
        this.maxAttempts = maxAttempts;
        this.state = state;
        this.location = location;
        this.monitor = monitor;
        monitor.planned(files.size(), bytes());
    }

    /** Where those that send come from. */
    public Threads threads() {
        return threads;
    }

    /** The next file, which counts as being sent from now on; null when there is none now. */
    public synchronized SourceFile next() {
        SourceFile file = pending.poll();
        if (file != null) {
            active++;
            monitor.started(file);
        }
        return file;
    }

    /** Whether all files have been sent or given up. */
    public synchronized boolean isFinished() {
        return pending.isEmpty() && active == 0;
    }

    /** How many files wait. */
    public synchronized int waiting() {
        return pending.size();
    }

    /** The files that wait. */
    public synchronized List<SourceFile> files() {
        return List.copyOf(pending);
    }

    /** Bytes of the files that wait. */
    public synchronized long bytes() {
        return pending.stream().mapToLong(SourceFile::size).sum();
    }

    /** The folders of the files that wait, each with a slash at its end; empty for the destination's own. */
    public synchronized Set<String> folders() {
        return pending.stream().map(file -> ObjectPath.folder(file.path())).collect(Collectors.toSet());
    }

    public int maxAttempts() {
        return maxAttempts;
    }

    /** Part of a file has been there from an earlier attempt. */
    public void resumed(SourceFile file, long offset) {
        LOG.info("{}: going on at byte {} of {}", file.path(), offset, file.size());
        monitor.resumed(file, offset);
    }

    /** Bytes of a file are on their way. */
    public void sent(SourceFile file, long bytes) {
        monitor.sent(file, bytes);
    }

    /** The destination was proved to hold the file; when it was written there is not known yet. */
    public void succeeded(SourceFile file, String sha256) {
        succeeded(file, sha256, null);
    }

    /**
     * The destination was proved to hold the file.
     *
     * @param modified when the destination says that it was written; null while that is unknown
     */
    public synchronized void succeeded(SourceFile file, String sha256, Instant modified) {
        ended(file);
        monitor.done();
        sentFiles++;
        sentBytes += file.size();
        ProvedFile proved = ProvedFile.of(file, sha256, modified);
        unrecorded.add(proved);
        if (modified == null) {
            untimed.add(proved);
        }
        if (unrecorded.size() >= BATCH) {
            recordProved();
        }
    }

    /** Tries the file again if that may help and it was not tried often enough. */
    public synchronized void failed(SourceFile file, IOException failure) {
        ended(file);
        int tried = attempts.merge(file.path(), 1, Integer::sum);
        SourceFile again = mayHelp(failure) && tried < maxAttempts ? refreshed(file) : null;
        if (again == null) {
            giveUp(file, failure);
        } else {
            LOG.warn("{}: attempt {} of {}: {}", file.path(), tried, maxAttempts, failure.getMessage());
            pending.add(again);
        }
    }

    /** The file is sent again, as if for the first time: what failed was not about it. */
    public synchronized void returned(SourceFile file) {
        ended(file);
        pending.addFirst(file);
    }

    /** Gives up every file that waits, because the destination takes none. */
    public synchronized void abandon(IOException failure) {
        for (SourceFile file = pending.poll(); file != null; file = pending.poll()) {
            giveUp(file, failure);
        }
    }

    synchronized List<Finding> failures() {
        return List.copyOf(failures);
    }

    /** What was proved without the destination's time of it. */
    synchronized List<ProvedFile> untimed() {
        return List.copyOf(untimed);
    }

    synchronized int sentFiles() {
        return sentFiles;
    }

    synchronized long sentBytes() {
        return sentBytes;
    }

    /** Keeps what was proved since the last time. */
    synchronized void finish() throws IOException {
        recordProved();
        if (stateFailure != null) {
            throw stateFailure;
        }
    }

    private static boolean mayHelp(IOException failure) {
        return failure instanceof TransientStorageException || failure instanceof SourceChangedException;
    }

    private SourceFile refreshed(SourceFile file) {
        try {
            return SourceFiles.refreshed(file);
        } catch (IOException e) {
            return null;
        }
    }

    private void giveUp(SourceFile file, IOException failure) {
        monitor.done();
        String reason = failure instanceof ProducerFailedException && failure.getCause() instanceof NoSuchFileException
                ? "it vanished before it was sent"
                : SourceFiles.reason(failure);
        LOG.error("{}: {}", file.path(), reason);
        failures.add(new Finding(file.path(), reason));
    }

    private void ended(SourceFile file) {
        active--;
        monitor.ended(file);
    }

    /** A store that cannot be written fails the run at its end, not the transfers. */
    private void recordProved() {
        try {
            state.record(location, unrecorded);
        } catch (IOException e) {
            stateFailure = e;
        }
        unrecorded.clear();
    }
}
