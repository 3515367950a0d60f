package io.onedump.app.run;

import java.io.PrintWriter;
import java.time.Duration;

import io.onedump.artifact.CleanText;
import io.onedump.artifact.Threads;
import io.onedump.job.ByteCount;
import io.onedump.job.Redaction;
import io.onedump.restore.choice.RestoreListener;

/** How far a restore is, in one line of the terminal; where there is none, a line every half minute. */
public final class RestoreProgress implements RestoreListener, AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(30);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal = Boolean.getBoolean("onedump.terminal");
    private final Threads.Scheduled timer;
    /** When rows began to come in, and what a restore that broke off had loaded by then. */
    private long began;
    private long before;
    private long bytes;
    private long all;
    private long rows;
    private String doing = "";

    private RestoreProgress(PrintWriter err) {
        this.err = err;
        this.timer = Threads.daemons().every(terminal ? ON_TERMINAL : ELSEWHERE, "restore progress", this::show);
    }

    public static RestoreProgress start(PrintWriter err) {
        return new RestoreProgress(err);
    }

    @Override
    public synchronized void loaded(long loaded, long ofAll, long ofRows) {
        if (began == 0) {
            began = System.nanoTime();
            before = loaded;
        }
        bytes = loaded;
        all = ofAll;
        rows = ofRows;
        doing = "";
    }

    @Override
    public synchronized void doing(String what) {
        doing = what;
    }

    @Override
    public synchronized void noted(String message) {
        clear();
        err.println("onedump: " + Redaction.of(message));
        err.flush();
    }

    private synchronized void show() {
        clear();
        String line = CleanText.of(line());
        if (terminal) {
            err.print(Terminal.clipped(line));
        } else {
            err.println(line);
        }
        err.flush();
    }

    private String line() {
        if (!doing.isEmpty() || bytes == 0) {
            return doing;
        }
        return line(bytes, all, rows, bytes - before, (System.nanoTime() - began) / 1e9);
    }

    /**
     * What the first seconds have loaded says nothing of how long the rest takes.
     *
     * @param since bytes of these that came in in those seconds
     */
    static String line(long bytes, long all, long rows, long since, double seconds) {
        boolean known = seconds >= 5 && since * 200.0 >= all && bytes < all;
        long left = known ? (long) Math.ceil(seconds * (all - bytes) / since) : 0;
        return String.format("%.0f %% of %s, %,d rows, %s/s%s", 100.0 * bytes / Math.max(1, all),
                ByteCount.format(all), rows, ByteCount.format(since / seconds),
                known ? ", " + inWords(left) + " left" : "");
    }

    private static String inWords(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 60
                ? minutes + " min"
                : minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    private void clear() {
        if (terminal) {
            err.print(CLEAR_LINE);
        }
    }

    @Override
    public synchronized void close() {
        timer.close();
        clear();
        err.flush();
    }
}
