package io.onedump.dump;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running process whose standard output is the artifact. Its output counts as whole when it ended with an allowed
 * exit code, printed something, and printed its trailer last.
 */
final class ProcessSource implements Source {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessSource.class);
    /** A process that has closed its output has nothing left to do but to end. */
    private static final Duration EXIT_GRACE = Duration.ofSeconds(60);
    private static final Duration KILL_GRACE = Duration.ofSeconds(5);
    /** How long a read may go on after the process has ended: only another holder of the pipe keeps it waiting. */
    private static final Duration READ_GRACE = Duration.ofSeconds(5);

    private final Command command;
    private final Process process;
    private final TailInputStream output;
    private final ErrorOutput errors;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<IOException> abandoned = new CompletableFuture<>();
    private volatile String stoppedBecause;

    private ProcessSource(Threads threads, Command command, Process process) {
        this.command = command;
        this.process = process;
        this.output = new TailInputStream(process.getInputStream());
        this.errors = ErrorOutput.follow(threads, process.getErrorStream(), command);
    }

    /** @param input what the process reads, or null for nothing */
    static ProcessSource start(Threads threads, Command command, InputStream input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words());
        command.environment().forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        if (command.directory() != null) {
            builder.directory(command.directory().toFile());
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            closeAll(command.resources());
            throw new DumpException(command.subject() + ": cannot start " + command.executable()
                    + ": install it or name it with the option executable", e);
        }
        ProcessSource source = new ProcessSource(threads, command, process);
        threads.start("watch " + process.pid(), source::watch);
        threads.start("feed " + process.pid(), () -> source.feed(input));
        LOG.debug("{}: started {} as process {}", command.subject(), command.words(), process.pid());
        return source;
    }

    @Override
    public InputStream stream() {
        return output;
    }

    @Override
    public void complete() throws IOException {
        int exitCode = awaitExit();
        if (stoppedBecause != null) {
            throw new DumpException(command.subject() + ": " + stoppedBecause + errors.suffix());
        }
        if (!command.exitCodes().contains(exitCode)) {
            throw errors.toException(command.subject() + ": " + command.executable() + " ended with exit code"
                    + " " + exitCode);
        }
        if (command.completion() == Completion.MYSQL && errors.reportsError()) {
            throw errors.toException(command.subject() + ": " + command.executable() + " reported an error although"
                    + " it ended"
                    + " with exit code " + exitCode);
        }
        if (output.count() == 0) {
            throw new DumpException(command.subject() + ": " + command.executable() + " printed"
                    + " nothing" + errors.suffix());
        }
        if (!command.completion().isSeenIn(output.tail())) {
            throw new DumpException(command.subject() + ": " + command.executable() + " ended with exit code"
                    + " " + exitCode
                    + " but its output does not end with '" + command.completion().trailer()
                    + "', so the dump is not whole" + errors.suffix());
        }
        errors.warn();
    }

    @Override
    public void onAbandoned(Consumer<IOException> listener) {
        abandoned.thenAccept(listener);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            kill();
            closeAll(command.resources());
        }
    }

    private int awaitExit() throws IOException {
        try {
            if (!process.waitFor(EXIT_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                stop("closed its output but did not end within " + EXIT_GRACE.toSeconds() + " s");
            }
            int exitCode = process.waitFor();
            errors.awaitEnd();
            return exitCode;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DumpException(command.subject() + ": interrupted", e);
        }
    }

    /** Ends a process that runs too long or has fallen silent; a reader that is slow itself is not silence. */
    private void watch() {
        long started = System.nanoTime();
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                if (exceeds(System.nanoTime() - started, command.timeout())) {
                    stop("stopped because it ran longer than its timeout of " + command.timeout());
                } else if (exceeds(output.waitedNanos(), command.stallTimeout())) {
                    stop("stopped because it printed nothing for its stallTimeout of " + command.stallTimeout());
                }
            }
            long ended = System.nanoTime();
            while (!closed.get() && Math.min(output.waitedNanos(), System.nanoTime() - ended) <= READ_GRACE.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
            if (!closed.get()) {
                abandoned.complete(new DumpException(command.subject() + ": " + command.executable() + " ended but"
                        + " a process"
                        + " that it left behind holds its output open" + errors.suffix()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean exceeds(long nanos, Duration limit) {
        return !limit.isZero() && nanos > limit.toNanos();
    }

    private void stop(String why) {
        stoppedBecause = command.executable() + " " + why;
        kill();
    }

    /** The whole tree: a child of a killed shell would hold the pipe open. */
    private void kill() {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            List<ProcessHandle> all = Stream.concat(descendants, Stream.of(process.toHandle())).toList();
            all.forEach(ProcessHandle::destroy);
            if (!process.waitFor(KILL_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void feed(InputStream input) {
        try (var stdin = process.getOutputStream()) {
            if (input != null) {
                input.transferTo(stdin);
            }
        } catch (IOException e) {
            LOG.debug("{}: stopped reading its input: {}", command.subject(), e.toString());
        }
    }

    private static void closeAll(List<Closeable> resources) {
        for (Closeable resource : resources) {
            try {
                resource.close();
            } catch (IOException e) {
                LOG.warn("cannot clean up after a dump: {}", e.toString());
            }
        }
    }
}
