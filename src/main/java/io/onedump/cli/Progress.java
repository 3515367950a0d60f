package io.onedump.cli;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.Spools;
import io.onedump.job.ByteCount;
import org.apache.camel.CamelContext;

/** One line on the terminal that is written over every half second; nothing at all where there is no terminal. */
final class Progress implements AutoCloseable {

    /** Set by the launcher, which can ask the shell; Java 17 cannot tell for standard error alone. */
    private static final String TERMINAL = "onedump.terminal";
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream terminal = System.err;
    private final Spools spools;
    private final long started = System.nanoTime();
    private final ScheduledExecutorService timer;
    private boolean shown;

    private Progress(Spools spools, boolean hasTerminal) {
        this.spools = spools;
        this.timer = hasTerminal ? Executors.newSingleThreadScheduledExecutor() : null;
        if (hasTerminal) {
            timer.scheduleAtFixedRate(this::show, 500, 500, TimeUnit.MILLISECONDS);
        }
    }

    static Progress start(CamelContext context) {
        return new Progress(Spools.of(context), Boolean.getBoolean(TERMINAL));
    }

    /** Clears the line, so that something else can be printed. */
    synchronized void pause() {
        if (shown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
            pause();
        }
    }

    private synchronized void show() {
        long bytes = spools.spooledBytes();
        double seconds = (System.nanoTime() - started) / 1e9;
        terminal.printf("%s%s dumped, %s/s, %.0f s", CLEAR_LINE, ByteCount.format(bytes),
                ByteCount.format(bytes / seconds), seconds);
        terminal.flush();
        shown = true;
    }
}
