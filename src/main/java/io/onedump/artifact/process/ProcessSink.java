package io.onedump.artifact.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

import io.onedump.artifact.Threads;

/** A running process that is fed: a database client that executes a script. What it prints is thrown away. */
public final class ProcessSink implements Closeable {

    private final RunningProcess running;

    private ProcessSink(RunningProcess running) {
        this.running = running;
    }

    public static ProcessSink start(Threads threads, Command command) throws IOException {
        RunningProcess running = RunningProcess.start(threads, command);
        running.discardOutput();
        return new ProcessSink(running);
    }

    /** What the process reads; the caller closes it. A process that has ended breaks it. */
    public OutputStream input() {
        return running.process().getOutputStream();
    }

    /**
     * Waits for the end, after {@link #input()} was closed.
     *
     * @throws IOException as the command's failures make it, unless the process ended well
     */
    public void complete() throws IOException {
        running.judge(Duration.ZERO);
        running.errors().warn();
    }

    /** Ends the process if it still runs. */
    @Override
    public void close() {
        running.close();
    }
}
