package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import io.onedump.binlog.event.BinlogName;
import io.onedump.storage.StorageException;
import org.slf4j.Logger;

/**
 * The thread that uploads: whatever there is when it is woken, as it is when a file was closed; enough of the open file
 * as soon as that is there; and again, ever more slowly, while the storage fails. It looks a few times a second, and at
 * the disk only when there is something to do: hundreds of these run in one process, most of them for servers that
 * write little.
 */
final class UploadLoop {

    private static final Logger LOG = CleanLog.of(UploadLoop.class);
    private static final Duration TICK = Duration.ofMillis(250);

    /** What is to be done after a wait. */
    private enum Next {
        /** To look at the open file. */
        SEGMENT,
        /** To look at everything on local disk. */
        ALL, FINISH
    }

    private final Uploader uploader;
    private final Supplier<StagedProgress> progress;
    private final Backoff.Pauses backoff;
    private final Pulse pulse;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wakened = lock.newCondition();
    private final Threads threads;
    private BackgroundTask task;
    private volatile String trouble;
    private boolean awake;
    private boolean finishing;

    UploadLoop(Threads threads, Uploader uploader, Supplier<StagedProgress> progress, Backoff.Pauses backoff) {
        this(threads, uploader, progress, backoff, Pulse.NONE);
    }

    /** @param pulse asked before each upload, and told after it */
    UploadLoop(Threads threads, Uploader uploader, Supplier<StagedProgress> progress, Backoff.Pauses backoff,
            Pulse pulse) {
        this.threads = threads;
        this.uploader = uploader;
        this.progress = progress;
        this.backoff = backoff;
        this.pulse = pulse;
    }

    void start() {
        task = threads.start("binlog upload", this::run);
    }

    private void run() {
        try {
            Next next = wait(Duration.ZERO);
            boolean failed = true;
            while (next != Next.FINISH) {
                if (failed || next == Next.ALL || due()) {
                    failed = !attempt(false);
                }
                failed |= !beat(!failed);
                next = wait(failed ? backoff.next() : TICK);
            }
        } catch (InterruptedException e) {
            LOG.debug("uploading was interrupted");
        }
    }

    /** @return whether the archive could be told */
    private boolean beat(boolean allStored) {
        try {
            pulse.beat(allStored);
            return true;
        } catch (IOException | RuntimeException | Error e) {
            LOG.warn("the archive cannot be told how archiving goes: {}", e.toString());
            trouble = e.getMessage() == null ? e.toString() : e.getMessage();
            return false;
        }
    }

    /** Whether enough of the open file waits; if that cannot be said, the attempt tells why. */
    private boolean due() {
        try {
            return uploader.due(progress.get());
        } catch (RuntimeException | Error e) {
            return true;
        }
    }

    private boolean attempt(boolean all) {
        try {
            if (!pulse.mayWrite()) {
                LOG.debug("nothing is uploaded before it is known whose the archive is");
                return true;
            }
            if (uploader.upload(progress.get(), all)) {
                backoff.reset();
                trouble = null;
                return true;
            }
            trouble = uploader.failures().toString();
        } catch (ForeignArchiveException e) {
            LOG.error("nothing is uploaded: {}", e.getMessage());
            trouble = e.getMessage();
        } catch (StorageException e) {
            LOG.warn("uploading failed and is tried again: {}", e.getMessage());
            trouble = e.getMessage();
        } catch (IOException e) {
            LOG.warn("the staging folder cannot be read: {}", e.toString());
            trouble = "the staging folder cannot be read: " + e;
        } catch (RuntimeException | Error e) {
            // A thread that ends uploads nothing more, while the archiver goes on.
            LOG.error("uploading failed and is tried again: {}", e.toString(), e);
            trouble = e.toString();
        }
        return false;
    }

    private Next wait(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (!awake && !finishing && left > 0) {
                left = wakened.awaitNanos(left);
            }
            Next next = finishing ? Next.FINISH : awake ? Next.ALL : Next.SEGMENT;
            awake = false;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Has the thread look for work now. */
    void wake() {
        lock.lock();
        try {
            awake = true;
            wakened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the caller wait; {@link #wake()} ends it. */
    void pause(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            wakened.awaitNanos(wait.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the thread, then uploads what is left, in the caller's thread.
     *
     * @return what could not be uploaded, and why
     */
    Map<BinlogName, String> finish(int attempts) {
        lock.lock();
        try {
            finishing = true;
            wakened.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            task.join();
            backoff.reset();
            for (int i = 1; !attempt(true) && i < attempts; i++) {
                pause(backoff.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return uploader.failures();
    }

    /** What could not be stored at the last attempt, or null. */
    String trouble() {
        return trouble;
    }

    int files() {
        return uploader.files();
    }

    long bytes() {
        return uploader.bytes();
    }
}
