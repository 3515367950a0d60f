package io.onedump.artifact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Several at one work, the first in the caller's thread, the others each in one of their own; a failure ends all. */
public final class Together {

    /** What each of them does until there is nothing left. */
    public interface Work<T> {
        void by(T worker) throws IOException;
    }

    private Together() {
    }

    /**
     * @param  name        of the threads
     * @param  stop        makes the others give up, when one has failed
     * @throws IOException the first failure, when all have ended
     */
    public static <T> void run(Threads threads, String name, List<T> workers, Work<T> work, Runnable stop)
            throws IOException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<BackgroundTask> others = new ArrayList<>();
        for (T worker : workers.subList(1, workers.size())) {
            others.add(threads.start(name + " " + (others.size() + 2), () -> attempt(worker, work, stop, failure)));
        }
        attempt(workers.get(0), work, stop, failure);
        try {
            for (BackgroundTask other : others) {
                other.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.run();
            throw new IOException("interrupted: " + name, e);
        }
        Throwable first = failure.get();
        if (first instanceof IOException io) {
            throw io;
        }
        if (first != null) {
            throw new IOException(first.toString(), first);
        }
    }

    private static <T> void attempt(T worker, Work<T> work, Runnable stop, AtomicReference<Throwable> failure) {
        try {
            work.by(worker);
        } catch (Throwable e) {
            // Also an Error: the others would go on, and what this one has not done would be missing.
            if (failure.compareAndSet(null, e)) {
                stop.run();
            }
        }
    }
}
