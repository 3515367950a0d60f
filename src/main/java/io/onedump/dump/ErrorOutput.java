package io.onedump.dump;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.regex.Pattern;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process prints on standard error: drained at once, the last lines kept, secrets taken out. */
final class ErrorOutput {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorOutput.class);
    private static final int LINES = 20;
    private static final int LINE_LENGTH = 1000;
    /** How the clients of both families say that nobody answered. */
    private static final Pattern UNREACHABLE = Pattern.compile(
            "can't connect|connection refused|could not connect|unknown (mysql |mariadb )?server host|lost connection"
                    + "|could not translate host name|timeout expired"
                    + "|no route to host|starting up|too many (connections|clients)"
                    + "|server closed the connection|gone away");

    private final Command command;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final BackgroundTask reader;

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

    /** {@code ": "} and the last lines, or nothing. */
    String suffix() {
        String text = text();
        return text.isEmpty() ? "" : ": " + text;
    }

    DumpException toException(String what) {
        String text = text();
        String message = what + suffix() + hint(text.toLowerCase(Locale.ROOT));
        return UNREACHABLE.matcher(text.toLowerCase(Locale.ROOT)).find()
                ? new DumpConnectException(message)
                : new DumpException(message);
    }

    /**
     * Some failures, such as that of {@code --set-gtid-purged}, leave mysqldump's exit code 0 and its trailer in place.
     */
    synchronized boolean reportsError() {
        return lines.stream().anyMatch(line -> line.startsWith("Error: "));
    }

    /** A tool that succeeded may have had something to say all the same. */
    void warn() {
        String text = text();
        if (!text.isEmpty()) {
            LOG.warn("{}: {} says: {}", command.subject(), command.executable(), text);
        }
    }

    private void read(InputStream errors) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                keep(line);
            }
        } catch (IOException e) {
            LOG.debug("{}: stderr ended: {}", command.subject(), e.toString());
        }
    }

    private synchronized void keep(String line) {
        if (!line.isBlank()) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            // Redacted before it is cut, so that no part of a secret is left at the end.
            String redacted = command.redact(line);
            lines.add(redacted.length() > LINE_LENGTH ? redacted.substring(0, LINE_LENGTH) : redacted);
        }
    }

    private synchronized String text() {
        return String.join(" | ", lines);
    }

    private static String hint(String text) {
        if (text.contains("server version mismatch")) {
            return "; install a pg_dump of the server's major version or newer and name it with the option executable";
        }
        if (text.contains("access denied for user") && text.contains("using password")
                || text.contains("password authentication failed")) {
            return "; check username and password";
        }
        if (text.contains("access denied") || text.contains("permission denied") || text.contains("privilege")
                || text.contains("command denied")) {
            return "; grant the account what docs/dump.md lists for a dump";
        }
        if (text.contains("no space left")) {
            return "; free space where the tool writes";
        }
        return "";
    }
}
