package io.onedump.artifact;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;

/** A pool that an executor of the JDK makes up. */
record ExecutorPool(ExecutorService threads, Runnable shutdown) implements Threads.Pool {

    private static final Logger LOG = CleanLog.of(ExecutorPool.class);

    @Override
    public <T> Future<T> submit(Callable<T> work) {
        return threads.submit(work);
    }

    @Override
    public void close() {
        shutdown.run();
    }

    @Override
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        return threads.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An executor never repeats what has failed once, and tells nobody. */
    static void repeat(ScheduledExecutorService timer, Duration pause, String name, Runnable work) {
        timer.scheduleWithFixedDelay(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.error("{} failed and is tried again: {}", name, e.toString(), e);
            }
        }, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
