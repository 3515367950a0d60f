package io.onedump.artifact;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Threads of a Camel context: named by its pattern, made by its thread pool factory and so seen and counted by its
 * management and metrics, and ended by it at the latest. Single tasks share one pool, {@value #POOL}.
 */
public final class ContextThreads extends ServiceSupport implements Threads {

    static final String POOL = "onedump";

    private final CamelContext context;
    private ExecutorService single;

    private ContextThreads(CamelContext context) {
        this.context = context;
    }

    /** The context's own. */
    public static Threads of(CamelContext context) {
        synchronized (context) {
            ContextThreads threads = context.hasService(ContextThreads.class);
            if (threads == null) {
                threads = new ContextThreads(context);
                try {
                    context.addService(threads, true, true);
                } catch (Exception e) {
                    throw new IllegalStateException("cannot start the threads", e);
                }
            }
            return threads;
        }
    }

    @Override
    public BackgroundTask start(String name, Runnable work) {
        BackgroundTask task = new BackgroundTask(name, work);
        Runnable named = () -> runNamed(name, task);
        try {
            single().execute(named);
        } catch (RejectedExecutionException e) {
            // The context is ending, and what has to be tidied up may still need a thread.
            manager().newThread(name, task::run).start();
        }
        return task;
    }

    private void runNamed(String name, BackgroundTask task) {
        Thread thread = Thread.currentThread();
        String pooled = thread.getName();
        thread.setName(manager().resolveThreadName("onedump " + name));
        try {
            task.run();
        } finally {
            thread.setName(pooled);
        }
    }

    @Override
    public Pool pool(String name, int size) {
        ExecutorService threads = manager().newFixedThreadPool(this, "onedump " + name, size);
        return new ExecutorPool(threads, () -> manager().shutdownNow(threads));
    }

    @Override
    public Scheduled every(Duration pause, String name, Runnable work) {
        ScheduledExecutorService timer = manager().newSingleThreadScheduledExecutor(this, "onedump " + name);
        ExecutorPool.repeat(timer, pause, name, work);
        return () -> manager().shutdownNow(timer);
    }

    /** Made when it is first needed; ended by the context, after all services. */
    private synchronized ExecutorService single() {
        if (single == null) {
            single = manager().newCachedThreadPool(this, POOL);
        }
        return single;
    }

    private ExecutorServiceManager manager() {
        return context.getExecutorServiceManager();
    }
}
