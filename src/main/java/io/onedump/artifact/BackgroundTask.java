package io.onedump.artifact;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;

/** Work that was given to a thread. What it throws is logged, for nobody else would ever see it. */
public final class BackgroundTask {

    private static final Logger LOG = CleanLog.of(BackgroundTask.class);

    private final String name;
    private final Runnable work;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread thread;
    private boolean interrupted;

    BackgroundTask(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    /** In the thread that does it. */
    void run() {
        begin();
        try {
            work.run();
        } catch (Throwable e) {
            LOG.error("{} failed: {}", name, e.toString(), e);
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        thread = Thread.currentThread();
        if (interrupted) {
            thread.interrupt();
        }
    }

    /** The thread may go on to other work, which nobody has interrupted. */
    private void end() {
        synchronized (this) {
            thread = null;
        }
        Thread.interrupted();
        ended.countDown();
    }

    /** Interrupts it, if it has not ended. */
    public synchronized void interrupt() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Waits for its end. */
    public void join() throws InterruptedException {
        ended.await();
    }

    /** @return whether it ended within that time */
    public boolean join(Duration longest) throws InterruptedException {
        return ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    public boolean isAlive() {
        return ended.getCount() > 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
