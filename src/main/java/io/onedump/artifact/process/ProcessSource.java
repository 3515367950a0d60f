package io.onedump.artifact.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import org.slf4j.Logger;

/**
 * A running process whose standard output is the artifact. Its output counts as whole when it ended with an allowed
 * exit code, printed something, and printed its trailer last.
 */
public final class ProcessSource implements Source {

    private static final Logger LOG = CleanLog.of(ProcessSource.class);
    /** A process that has closed its output has nothing left to do but to end. */
    private static final Duration EXIT_GRACE = Duration.ofSeconds(60);
    /** How long a read may go on after the process has ended: only another holder of the pipe keeps it waiting. */
    private static final Duration READ_GRACE = Duration.ofSeconds(5);

    private final Command command;
    private final RunningProcess running;
    private final TailInputStream output;
    private final CompletableFuture<IOException> abandoned = new CompletableFuture<>();
    private volatile int exitCode;

    private ProcessSource(Command command, RunningProcess running) {
        this.command = command;
        this.running = running;
        this.output = new TailInputStream(running.process().getInputStream());
    }

    /** @param input what the process reads, or null for nothing */
    public static ProcessSource start(Threads threads, Command command, InputStream input) throws IOException {
        ProcessSource source = new ProcessSource(command, RunningProcess.start(threads, command));
        try {
            source.running.beside("watch", source::watch);
            source.running.beside("feed", () -> source.feed(input));
            return source;
        } catch (RuntimeException | Error e) {
            // There may be no thread left to have.
            source.close();
            throw e;
        }
    }

    @Override
    public InputStream stream() {
        return output;
    }

    @Override
    public void complete() throws IOException {
        exitCode = running.judge(EXIT_GRACE);
        if (printedNothing() && !command.completion().maybeEmpty()) {
            throw running.failure("printed nothing");
        }
        if (!command.completion().isSeenIn(output.tail())) {
            throw running.failure("ended with exit code " + exitCode + " but its output does not end with '"
                    + command.completion().trailer() + "', so the dump is not whole");
        }
        running.errors().warn();
    }

    /** Of a process whose output was whole. */
    public int exitCode() {
        return exitCode;
    }

    /** Once its output was whole. */
    public boolean printedNothing() {
        return output.count() == 0;
    }

    @Override
    public void onAbandoned(Consumer<IOException> listener) {
        abandoned.thenAccept(listener);
    }

    @Override
    public void close() {
        running.close();
    }

    /** Ends a process that runs too long or has fallen silent; a reader that is slow itself is not silence. */
    private void watch() {
        long started = System.nanoTime();
        try {
            while (!running.process().waitFor(1, TimeUnit.SECONDS)) {
                if (exceeds(System.nanoTime() - started, command.timeout())) {
                    running.stop("stopped because it ran longer than its timeout of " + command.timeout());
                } else if (exceeds(output.waitedNanos(), command.stallTimeout())) {
                    running.stop("stopped because it printed nothing for its stallTimeout of "
                            + command.stallTimeout());
                }
            }
            long ended = System.nanoTime();
            while (!running.closed()
                    && Math.min(output.waitedNanos(), System.nanoTime() - ended) <= READ_GRACE.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
            if (!running.closed()) {
                abandoned.complete(running.failure("ended but a process that it left behind holds its output open"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean exceeds(long nanos, Duration limit) {
        return !limit.isZero() && nanos > limit.toNanos();
    }

    private void feed(InputStream input) {
        try (var stdin = running.process().getOutputStream()) {
            if (input != null) {
                input.transferTo(stdin);
            }
        } catch (IOException e) {
            LOG.debug("{}: stopped reading its input: {}", command.subject(), e.toString());
        }
    }
}
