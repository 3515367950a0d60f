package io.onedump.artifact;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of the JVM's own. */
final class DaemonThreads implements Threads {

    static final DaemonThreads INSTANCE = new DaemonThreads();
    private static final String PREFIX = "onedump ";

    private DaemonThreads() {
    }

    @Override
    public BackgroundTask start(String name, Runnable work) {
        BackgroundTask task = new BackgroundTask(name, work);
        daemon(name, task::run).start();
        return task;
    }

    @Override
    public Pool pool(String name, int size) {
        var threads = Executors.newFixedThreadPool(size, numbered(name));
        return new ExecutorPool(threads, threads::shutdownNow);
    }

    @Override
    public Scheduled every(Duration pause, String name, Runnable work) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(numbered(name));
        ExecutorPool.repeat(timer, pause, name, work);
        return timer::shutdownNow;
    }

    static Scheduled atTermination(String name, Runnable work) {
        Thread hook = new Thread(new BackgroundTask(name, work)::run, PREFIX + name);
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is ending: it is being done.
            }
        };
    }

    private static ThreadFactory numbered(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> daemon(name + " " + number.incrementAndGet(), work);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, PREFIX + name);
        thread.setDaemon(true);
        return thread;
    }
}
