package io.onedump.app.run;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import org.apache.camel.main.Main;
import org.quartz.spi.ThreadPool;
import org.slf4j.Logger;

/**
 * The places for jobs of {@code quartz:} that run at one time. A job that is due while all are taken waits in line and
 * misses nothing; Quartz's own pool would have it wait without a word, and skip it after a minute. Made by Quartz.
 */
public final class JobPlaces implements ThreadPool {

    /** How many jobs run at one time. */
    static final String PROPERTY = "onedump.jobs.parallel";

    private static final int DEFAULT = 10;
    /** So many wait at most; after them schedules are late, and Quartz decides what is made up for. */
    private static final int LINE = 1000;
    private static final Logger LOG = CleanLog.of(JobPlaces.class);

    private int inside;
    private boolean ended;
    private int places = DEFAULT;
    private Threads.Pool pool;

    /** Has the schedules of an application use them. */
    static void install(Main main) {
        String prefix = "camel.component.quartz.properties[org.quartz.threadPool.";
        main.addInitialProperty(prefix + "class]", JobPlaces.class.getName());
        main.addInitialProperty(prefix + "threadCount]", "{{" + PROPERTY + ":" + DEFAULT + "}}");
    }

    /** Called by Quartz with what {@value #PROPERTY} says. */
    public void setThreadCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(PROPERTY + ": must be at least 1, not " + count);
        }
        places = count;
    }

    @Override
    public void initialize() {
        pool = Threads.daemons().pool("job", places);
    }

    @Override
    public boolean runInThread(Runnable run) {
        int before = enter();
        if (before >= places) {
            LOG.warn("all {} places for jobs are taken, {} wait; {} sets how many run at one time", places,
                    before - places + 1, PROPERTY);
        }
        pool.submit(() -> {
            try {
                run.run();
            } finally {
                leave();
            }
            return null;
        });
        return true;
    }

    @Override
    public int blockForAvailableThreads() {
        synchronized (this) {
            while (inside >= places + LINE && !ended) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return 0;
                }
            }
        }
        return 1;
    }

    @Override
    public void shutdown(boolean waitForJobsToComplete) {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        pool.close();
    }

    private synchronized int enter() {
        return inside++;
    }

    private synchronized void leave() {
        inside--;
        notifyAll();
    }

    @Override
    public int getPoolSize() {
        return places;
    }

    @Override
    public void setInstanceId(String id) {
        // They are of one scheduler only.
    }

    @Override
    public void setInstanceName(String name) {
        // They are of one scheduler only.
    }
}
