package io.onedump.ssh.sftp;

import java.time.Duration;
import java.util.function.Supplier;

import io.onedump.artifact.Threads;

/**
 * Ends a connection whose server is silent for too long. A thread that waits for the server, or that cannot send on
 * because the server takes nothing, cannot see to that itself.
 */
final class SilenceWatch {

    private final Supplier<Duration> patience;
    private final Runnable onSilence;
    private final Threads.Scheduled checks;
    private volatile long heard = System.nanoTime();
    private volatile boolean waiting;

    /**
     * @param every     how often it is looked for
     * @param patience  how long is too long, for what is waited for now; null while nothing is
     * @param onSilence must not wait
     */
    SilenceWatch(Threads threads, Duration every, Supplier<Duration> patience, Runnable onSilence) {
        this.patience = patience;
        this.onSilence = onSilence;
        this.checks = threads.every(every, "sftp watch", this::check);
    }

    /** Something came from the server. */
    void heard() {
        heard = System.nanoTime();
    }

    void stop() {
        checks.close();
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
            onSilence.run();
            stop();
        }
    }
}
