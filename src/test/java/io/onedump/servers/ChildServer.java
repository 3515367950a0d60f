package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that runs as a child process, on a free loopback port, with everything it writes in a folder of its own. Its
 * output goes to {@link #log()}, never to a pipe that could fill up.
 */
public abstract class ChildServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);

    private final ServerFolder folder;
    private final int port = Loopback.freePort();
    private final Runnable removal = this::kill;
    private Process process;

    ChildServer(String name) {
        folder = ServerFolder.create(name);
    }

    /** The program to run, in the foreground, with its arguments. */
    abstract List<String> command();

    /** Whether the server does its work by now; an exception means "not yet" as well. */
    abstract boolean answers() throws Exception;

    /** Variables for the server besides the inherited ones. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** The signal that asks this server for a quick and orderly end. */
    String stopSignal() {
        return "TERM";
    }

    final ServerFolder folder() {
        return folder;
    }

    /**
     * Starts the process and returns when the server answers.
     *
     * @throws IllegalStateException with the end of its log when it ends, or does not answer within a minute
     */
    final void launch() {
        ProcessBuilder builder = new ProcessBuilder(command())
                .directory(folder.path().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program(), e);
        }
        Leftovers.add(removal);
        try {
            awaitAnswer();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void awaitAnswer() {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        Exception notYet = null;
        do {
            if (ended(POLL)) {
                throw new IllegalStateException(program() + " ended with exit code " + process.exitValue()
                        + " while starting: " + LogTail.of(log()), notYet);
            }
            try {
                if (answers()) {
                    return;
                }
            } catch (Exception e) {
                notYet = e;
            }
        } while (System.nanoTime() < limit);
        throw new IllegalStateException(
                program() + " did not answer within " + START_LIMIT + ": " + LogTail.of(log()), notYet);
    }

    private String program() {
        return command().get(0);
    }

    /** The address that the server listens on, the loopback one. */
    public String host() {
        return Loopback.HOST;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** What the server printed, over all its starts. */
    public Path log() {
        return folder.resolve("server.log");
    }

    /** Ends the server as a crash would; {@link #restart()} brings it back. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        if (!ended(STOP_LIMIT)) {
            throw new IllegalStateException(program() + ", process " + pid() + ", does not end");
        }
        children.forEach(child -> child.onExit().orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join());
        Leftovers.forget(removal);
    }

    /** Stops the server, if it still runs, and starts it with the same port and data. */
    public void restart() {
        stop();
        launch();
    }

    /** Ends the server and deletes everything it wrote. */
    @Override
    public void close() {
        stop();
        folder.close();
    }

    /** Asks the server to end and kills what is still there after 20 s. */
    private void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        if (process.isAlive()) {
            Command.of("sh", "-c", "kill -" + stopSignal() + " " + pid()).run();
            ended(STOP_LIMIT);
        }
        children.forEach(ProcessHandle::destroyForcibly);
        kill();
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + program(), e);
        }
    }
}
