package io.onedump.sync;

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
}
