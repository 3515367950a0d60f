package io.onedump.sync;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.artifact.Threads;
import io.onedump.storage.TransientStorageException;
import io.onedump.sync.source.FirstOf;
import io.onedump.sync.source.SourceChangedException;
import io.onedump.sync.source.SourceFile;
import io.onedump.sync.source.SourceFiles;
import io.onedump.sync.source.SourceScan;
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

    private final SourceList files;
    /** Goes through the files that were not tried yet; null once there is none. */
    private SourceList.Cursor untried;
    private int untriedFiles;
    private long untriedBytes;
    private final Deque<SourceFile> returned = new ArrayDeque<>();
    private final Deque<SourceFile> again = new ArrayDeque<>();
    private final int maxAttempts;
    private final StateStore state;
    private final String location;
    private final SyncMonitor monitor;
    private final Threads threads;
    private final Map<String, Integer> attempts = new HashMap<>();
    private final List<ProvedFile> unrecorded = new ArrayList<>();
    private final Untimed untimed;
    private final FirstOf<Finding> failures = new FirstOf<>();
    private int active;
    private int sentFiles;
    private long sentBytes;
    private IOException stateFailure;

    Transfers(SourceList files, int maxAttempts, StateStore state, String location, SyncMonitor monitor,
            Untimed untimed, Threads threads) throws IOException {
        this.files = files;
        this.untried = files.cursor();
        this.untriedFiles = files.count();
        this.untriedBytes = files.bytes();
        this.untimed = untimed;
        this.threads = threads;
        this.maxAttempts = maxAttempts;
        this.state = state;
        this.location = location;
        this.monitor = monitor;
        monitor.planned(files.count(), files.bytes());
    }

    /** Where those that send come from. */
    public Threads threads() {
        return threads;
    }

    /** The next file, which counts as being sent from now on; null when there is none now. */
    public synchronized SourceFile next() {
        SourceFile file = poll();
        if (file != null) {
            active++;
            monitor.started(file);
        }
        return file;
    }

    private SourceFile poll() {
        SourceFile file = returned.poll();
        file = file == null ? pollUntried() : file;
        return file == null ? again.poll() : file;
    }

    private SourceFile pollUntried() {
        try {
            SourceFile file = untried == null ? null : untried.next();
            if (file == null) {
                closeUntried();
            } else {
                untriedFiles--;
                untriedBytes -= file.size();
            }
            return file;
        } catch (IOException e) {
            stateFailure = new IOException("sync to " + location + ": the list of files in the work folder cannot be"
                    + " read: " + e.getMessage(), e);
            closeUntried();
            return null;
        }
    }

    private void closeUntried() {
        untriedFiles = 0;
        untriedBytes = 0;
        try {
            if (untried != null) {
                untried.close();
            }
        } catch (IOException e) {
            LOG.debug("{}", e.getMessage());
        }
        untried = null;
    }

    /** Whether all files have been sent or given up. */
    public synchronized boolean isFinished() {
        return waiting() == 0 && active == 0;
    }

    /** How many files wait. */
    public synchronized int waiting() {
        return untriedFiles + returned.size() + again.size();
    }

    /** Visits all files, in the order of their paths; of use before the first is taken. */
    public void eachWaiting(SourceScan.Visitor visitor) throws IOException {
        files.each(visitor);
    }

    /** Bytes of the files that wait. */
    public synchronized long bytes() {
        return untriedBytes + Stream.concat(returned.stream(), again.stream()).mapToLong(SourceFile::size).sum();
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
            try {
                untimed.add(file, sha256);
            } catch (IOException e) {
                stateFailure = e;
            }
        }
        if (unrecorded.size() >= BATCH) {
            recordProved();
        }
    }

    /** Tries the file again if that may help and it was not tried often enough. */
    public synchronized void failed(SourceFile file, IOException failure) {
        ended(file);
        int tried = attempts.merge(file.path(), 1, Integer::sum);
        SourceFile refreshed = mayHelp(failure) && tried < maxAttempts ? refreshed(file) : null;
        if (refreshed == null) {
            giveUp(file, failure);
        } else {
            LOG.warn("{}: attempt {} of {}: {}", file.path(), tried, maxAttempts, failure.getMessage());
            this.again.add(refreshed);
        }
    }

    /** The file is sent again, as if for the first time: what failed was not about it. */
    public synchronized void returned(SourceFile file) {
        ended(file);
        returned.addFirst(file);
    }

    /** Gives up every file that waits, because the destination takes none. */
    public synchronized void abandon(IOException failure) {
        for (SourceFile file = poll(); file != null; file = poll()) {
            giveUp(file, failure);
        }
    }

    synchronized FirstOf<Finding> failures() {
        return failures;
    }

    synchronized int sentFiles() {
        return sentFiles;
    }

    synchronized long sentBytes() {
        return sentBytes;
    }

    /** Keeps what was proved since the last time. */
    synchronized void finish() throws IOException {
        closeUntried();
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
