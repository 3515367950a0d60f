package io.onedump.ssh;

import java.io.Closeable;
import java.time.Duration;

import io.onedump.artifact.Threads;

/** Ends a command on a server that takes too long, for who waits for its output cannot. */
final class CommandWatch implements Closeable {

    private static final Duration SELDOM = Duration.ofSeconds(1);

    private final Duration longest;
    private final long started = System.nanoTime();
    private final Runnable end;
    private final Threads.Scheduled checks;
    private volatile boolean late;

    /** @param end must not wait; may be called again */
    CommandWatch(Threads threads, Duration longest, Runnable end) {
        this.longest = longest;
        this.end = end;
        Duration often = longest.dividedBy(10);
        this.checks = threads.every(often.compareTo(SELDOM) < 0 ? often : SELDOM, "ssh command watch", this::check);
    }

    private void check() {
        if (System.nanoTime() - started > longest.toNanos()) {
            late = true;
            end.run();
        }
    }

    /** @throws SshException when it was this that has ended the command */
    void requireInTime(String target, Throwable cause) throws SshException {
        if (late) {
            throw new SshException(target + ": a command on the server has not ended within " + longest.toSeconds()
                    + " seconds; check the server's shell and its disk", false, cause);
        }
    }

    @Override
    public void close() {
        checks.close();
    }
}
