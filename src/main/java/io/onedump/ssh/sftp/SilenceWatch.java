package io.onedump.ssh.sftp;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends a connection whose server is silent for too long. A thread that waits for the server, or that cannot send on
 * because the server takes nothing, cannot see to that itself.
 */
final class SilenceWatch {

    private static final ScheduledExecutorService WATCH = watch();

    private final Supplier<Duration> patience;
    private final Runnable onSilence;
    private final ScheduledFuture<?> checks;
    private volatile long heard = System.nanoTime();
    private volatile boolean waiting;

    /**
     * @param every     how often it is looked for
     * @param patience  how long is too long, for what is waited for now; null while nothing is
     * @param onSilence must not wait
     */
    SilenceWatch(Duration every, Supplier<Duration> patience, Runnable onSilence) {
        this.patience = patience;
        this.onSilence = onSilence;
        this.checks = WATCH.scheduleWithFixedDelay(this::check, every.toNanos(), every.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Something came from the server. */
    void heard() {
        heard = System.nanoTime();
    }

    void stop() {
        checks.cancel(false);
    }

    private void check() {
        Duration most = patience.get();
        if (most == null) {
            waiting = false;
        } else if (!waiting) {
            // From now on at the latest it should say something.
            waiting = true;
            heard();
        } else if (System.nanoTime() - heard > most.toNanos()) {
            stop();
            onSilence.run();
        }
    }

    private static ScheduledExecutorService watch() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "onedump sftp watch");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
