package io.onedump.artifact;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * Where threads come from. All are named, none keeps the process alive, and a failure that nobody caught is logged.
 * Code that knows nothing of Camel gets one passed in: {@link ContextThreads#of} where there is a Camel context, so
 * that its threads are seen and counted with those of the context, {@link #daemons()} where there is none.
 */
public interface Threads {

    /** A fixed number of threads; closing interrupts those at work and forgets what has not begun. */
    interface Pool extends AutoCloseable {

        <T> Future<T> submit(Callable<T> work);

        @Override
        void close();

        /**
         * Waits, once it is closed, for those that are still at work.
         *
         * @return whether all have ended within that time
         */
        boolean awaitEnd(Duration longest) throws InterruptedException;
    }

    /** Something that is done later, or again and again, unless it is closed. */
    interface Scheduled extends AutoCloseable {

        @Override
        void close();
    }

    /** @param name what the thread is busy with, without a secret */
    BackgroundTask start(String name, Runnable work);

    /** As many threads as {@code size}, made when they are needed. */
    Pool pool(String name, int size);

    /** Does something in one thread, the first time after one {@code pause}; a failure is logged, not the end. */
    Scheduled every(Duration pause, String name, Runnable work);

    /** Computes something in a thread of its own. The future fails with what {@code work} threw. */
    default <T> CompletableFuture<T> call(String name, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        start(name, () -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** For a library that wants one: each task gets a thread of its own. */
    default Executor executor(String name) {
        return work -> start(name, work);
    }

    /** Plain threads of the JVM, which nobody counts. */
    static Threads daemons() {
        return DaemonThreads.INSTANCE;
    }

    /** Has the JVM do something when it is told to end; closing takes that back. */
    static Scheduled atTermination(String name, Runnable work) {
        return DaemonThreads.atTermination(name, work);
    }
}
