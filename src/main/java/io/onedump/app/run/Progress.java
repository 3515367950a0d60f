package io.onedump.app.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Collectors;

import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.Spools;
import io.onedump.artifact.Threads;
import io.onedump.job.ByteCount;
import io.onedump.sync.SyncActivity;
import io.onedump.sync.SyncMonitor;
import org.apache.camel.CamelContext;

/** One line on the terminal that is written over every half second; nothing at all where there is no terminal. */
public final class Progress implements AutoCloseable {

    /** Set by the launcher, which can ask the shell; Java 17 cannot tell for standard error alone. */
    private static final String TERMINAL = "onedump.terminal";
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int SHOWN_FILES = 2;
    private static final int LONGEST_NAME = 24;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream terminal = System.err;
    private final Spools spools;
    private final SyncMonitor syncs;
    private final long started = System.nanoTime();
    private final Threads.Scheduled timer;
    private boolean shown;

    private Progress(Threads threads, Spools spools, SyncMonitor syncs, boolean hasTerminal) {
        this.spools = spools;
        this.syncs = syncs;
        this.timer = hasTerminal ? threads.every(PAUSE, "progress", this::show) : null;
    }

    public static Progress start(CamelContext context) {
        return new Progress(ContextThreads.of(context), Spools.of(context), SyncActivity.of(context).monitor(),
                Boolean.getBoolean(TERMINAL));
    }

    /** Clears the line, so that something else can be printed. */
    public synchronized void pause() {
        if (shown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.close();
            pause();
        }
    }

    private synchronized void show() {
        terminal.print(CLEAR_LINE + Terminal.clipped(syncs.files() > 0 ? sync() : dump()));
        terminal.flush();
        shown = true;
    }

    private String dump() {
        long bytes = spools.spooledBytes();
        return String.format("%s dumped, %s", ByteCount.format(bytes), pace(bytes));
    }

    /** All files together, then as many of those under way as fit. */
    private String sync() {
        String all = String.format("%d of %d files, %s of %s, %s", syncs.filesDone(), syncs.files(),
                ByteCount.format(syncs.bytesSent()), ByteCount.format(syncs.bytes()), pace(syncs.bytesSent()));
        String single = syncs.active().stream()
                .sorted(Comparator.comparingLong(SyncMonitor.FileProgress::size).reversed())
                .limit(SHOWN_FILES).map(file -> String.format("; %s %.0f %%", name(file.path()), 100.0 * file.sent()
                        / Math.max(1, file.size())))
                .collect(Collectors.joining());
        return all + single;
    }

    private String pace(long bytes) {
        double seconds = (System.nanoTime() - started) / 1e9;
        return String.format("%s/s, %.0f s", ByteCount.format(bytes / seconds), seconds);
    }

    private static String name(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", "?");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
