package io.onedump.sync;

import java.io.InterruptedIOException;
import java.util.List;

import io.onedump.artifact.BackgroundTask;

/** The threads of a sync, which all have to end before it does. */
public final class SyncThreads {

    private SyncThreads() {
    }

    /**
     * Waits for the end of all of them.
     *
     * @throws InterruptedIOException when the caller was interrupted; they are interrupted too then
     */
    public static void join(List<BackgroundTask> threads, String location) throws InterruptedIOException {
        try {
            for (BackgroundTask thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(BackgroundTask::interrupt);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("sync to " + location + ": interrupted");
        }
    }
}
