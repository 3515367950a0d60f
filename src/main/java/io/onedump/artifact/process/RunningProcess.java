package io.onedump.artifact.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import org.slf4j.Logger;

/** A child with its standard error followed, and how it is ended and judged. */
final class RunningProcess implements Closeable {

    private static final Logger LOG = CleanLog.of(RunningProcess.class);
    private static final Duration KILL_GRACE = Duration.ofSeconds(5);

    private final Threads threads;
    private final Command command;
    private final Process process;
    private final ErrorOutput errors;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String stoppedBecause;

    private RunningProcess(Threads threads, Command command, Process process) {
        this.threads = threads;
        this.command = command;
        this.process = process;
        this.errors = ErrorOutput.follow(threads, process.getErrorStream(), command);
    }

    static RunningProcess start(Threads threads, Command command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        if (command.directory() != null) {
            builder.directory(command.directory().toFile());
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            closeAll(command.resources());
            throw command.failures().notStarted(command.subject() + ": cannot start " + command.executable(), e);
        }
        // Not with its arguments: one may be a secret.
        LOG.debug("{}: started {} as process {}", command.subject(), command.executable(), process.pid());
        return new RunningProcess(threads, command, process);
    }

    Process process() {
        return process;
    }

    ErrorOutput errors() {
        return errors;
    }

    boolean closed() {
        return closed.get();
    }

    /** The failure of this process, with what it said. */
    IOException failure(String what) {
        return command.failures().failed(command.subject() + ": " + command.executable() + " " + what, errors.text());
    }

    /**
     * Waits for the end and judges exit code and standard error.
     *
     * @param grace how long it may take; zero for ever
     * @return the exit code, one of those that are allowed
     */
    int judge(Duration grace) throws IOException {
        int exitCode = awaitExit(grace);
        if (stoppedBecause != null) {
            throw failure(stoppedBecause);
        }
        if (!command.exitCodes().contains(exitCode)) {
            throw failure("ended with exit code " + exitCode);
        }
        if (errors.reportsFatal()) {
            throw failure("reported an error although it ended with exit code " + exitCode);
        }
        return exitCode;
    }

    private int awaitExit(Duration grace) throws IOException {
        try {
            if (!grace.isZero() && !process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                stop("closed its output but did not end within " + grace.toSeconds() + " s");
            }
            int exitCode = process.waitFor();
            errors.awaitEnd();
            return exitCode;
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw command.failures().failed(command.subject() + ": interrupted", "");
        }
    }

    void stop(String why) {
        stoppedBecause = why;
        kill();
    }

    /** The whole tree: a child of a killed shell would hold the pipe open. */
    void kill() {
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

    /** Has something done beside the process. */
    void beside(String task, Runnable work) {
        threads.start(task + " " + process.pid(), work);
    }

    /** Throws away what it prints, which would hold it up if nobody read it. */
    void discardOutput() {
        beside("discard", () -> {
            try (InputStream output = process.getInputStream()) {
                output.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // It ended; its exit code says how.
            }
        });
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            kill();
            closeAll(command.resources());
        }
    }

    private static void closeAll(List<Closeable> resources) {
        for (Closeable resource : resources) {
            try {
                resource.close();
            } catch (IOException e) {
                LOG.warn("cannot clean up after a process: {}", e.toString());
            }
        }
    }
}
