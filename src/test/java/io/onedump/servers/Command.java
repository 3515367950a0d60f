package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that has to succeed.
 *
 * @param words the program and its arguments
 * @param input the file to read from standard input
 */
public record Command(List<String> words, Path input) {

    private static final Path NO_INPUT = Path.of("/dev/null");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    public Command {
        words = List.copyOf(words);
    }

    public static Command of(String... words) {
        return new Command(List.of(words), NO_INPUT);
    }

    public Command and(String... more) {
        return and(List.of(more));
    }

    Command and(List<String> more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return new Command(all, input);
    }

    Command reading(Path file) {
        return new Command(words, file);
    }

    /**
     * Runs the command to its end.
     *
     * @return what it printed, on standard output and standard error
     * @throws IllegalStateException with the last lines of that, when the command fails or takes more than five minutes
     */
    public String run() {
        try {
            Path output = Files.createTempFile("onedump-command-", ".log");
            try {
                int exit = run(output);
                if (exit != 0) {
                    throw new IllegalStateException(
                            words.get(0) + " ended with exit code " + exit + ": " + LogTail.of(output));
                }
                return Files.readString(output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words.get(0), e);
        }
    }

    private int run(Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(input.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        words.get(0) + " did not end within " + LIMIT + ": " + LogTail.of(output));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + words.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
