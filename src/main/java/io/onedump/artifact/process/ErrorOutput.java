package io.onedump.artifact.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import org.slf4j.Logger;

/** What a process prints on standard error: drained at once, the last lines kept, secrets taken out. */
final class ErrorOutput {

    private static final Logger LOG = CleanLog.of(ErrorOutput.class);
    private static final int LINES = 20;
    private static final int LINE_LENGTH = 1000;
    /** How much of a line is read before secrets are taken out and it is cut: a line need not have an end. */
    private static final int LINE_READ = 16 * 1024;

    private final Command command;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final BackgroundTask reader;
    private boolean fatal;

    private ErrorOutput(Threads threads, InputStream errors, Command command) {
        this.command = command;
        this.reader = threads.start("stderr", () -> read(errors));
    }

    static ErrorOutput follow(Threads threads, InputStream errors, Command command) {
        return new ErrorOutput(threads, errors, command);
    }

    /** Waits until everything was read, unless a process that was left behind keeps the pipe open. */
    void awaitEnd() throws InterruptedException {
        reader.join(Duration.ofSeconds(2));
    }

    /** Whether a line says that something failed, whatever the exit code says. */
    synchronized boolean reportsFatal() {
        return fatal;
    }

    /** A tool that succeeded may have had something to say all the same. */
    void warn() {
        String text = text();
        if (!text.isEmpty()) {
            LOG.warn("{}: {} says: {}", command.subject(), command.executable(), text);
        }
    }

    private void read(InputStream errors) {
        try (Reader in = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n' || c == '\r') {
                    keep(line.toString());
                    line.setLength(0);
                } else if (line.length() < LINE_READ) {
                    line.append((char) c);
                }
            }
            keep(line.toString());
        } catch (IOException e) {
            LOG.debug("{}: stderr ended: {}", command.subject(), e.toString());
        }
    }

    private synchronized void keep(String line) {
        if (!line.isBlank() && !command.isChatter(line)) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            // Redacted before it is cut, so that no part of a secret is left at the end.
            String redacted = command.redact(line);
            fatal |= command.completion().isFatal(line);
            lines.add(redacted.length() > LINE_LENGTH ? redacted.substring(0, LINE_LENGTH) : redacted);
        }
    }

    /** The last lines, without secrets. */
    synchronized String text() {
        return String.join(" | ", lines);
    }
}
