package io.onedump.sync;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the process alive. */
public final class SyncThreads {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private SyncThreads() {
    }

    public static Thread start(Runnable work) {
        Thread thread = new Thread(work, "onedump sync " + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Waits for the end of all of them.
     *
     * @throws InterruptedIOException when the caller was interrupted; they are interrupted too then
     */
    public static void join(List<Thread> threads, String location) throws InterruptedIOException {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("sync to " + location + ": interrupted");
        }
    }
}
