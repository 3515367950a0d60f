package io.onedump.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.awaitility.Awaitility;

/** A command under way. Closing it kills it with all its descendants. */
final class RunningCommand implements AutoCloseable {

    private final Process process;
    private final Path output;
    private final Path errors;
    private final Duration limit;
    private final long started = System.nanoTime();

    private RunningCommand(Process process, Path output, Path errors, Duration limit) {
        this.process = process;
        this.output = output;
        this.errors = errors;
        this.limit = limit;
    }

    static RunningCommand of(ProcessBuilder builder, Duration limit) throws IOException {
        Path output = Files.createTempFile("onedump-out-", ".txt");
        Path errors = Files.createTempFile("onedump-err-", ".txt");
        Process process = builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        return new RunningCommand(process, output, errors, limit);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far, on both outputs. */
    String printed() {
        return read(output) + read(errors);
    }

    /** Waits until it has printed such a text. */
    RunningCommand awaitPrinted(Predicate<String> enough) {
        Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(20))
                .failFast("it ended early", () -> !process.isAlive() && !enough.test(printed()))
                .until(() -> enough.test(printed()));
        return this;
    }

    /** @param signal for instance {@code TERM} */
    void signal(String signal) {
        signal(pid(), signal);
    }

    static void signal(long pid, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException when it takes longer than its limit */
    Outcome await() {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the command did not end within " + limit + "; it has printed:"
                        + " " + printed());
            }
            return new Outcome(process.exitValue(), read(output), read(errors), (System.nanoTime() - started) / 1e9);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
