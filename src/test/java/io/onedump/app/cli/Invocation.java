package io.onedump.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged command with its arguments, ready to be run as a process of its own.
 *
 * @param words       the program and its arguments
 * @param environment variables in addition to the inherited ones; an empty value removes one
 * @param folder      where to start it
 * @param limit       how long it may take
 */
record Invocation(List<String> words, Map<String, String> environment, Path folder, Duration limit) {

    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);

    Invocation {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    static Invocation of(Path folder, String... arguments) {
        List<String> words = new ArrayList<>(List.of(Distribution.launcher().toString()));
        words.addAll(List.of(arguments));
        return new Invocation(words, Map.of(), folder, DEFAULT_LIMIT);
    }

    /** The same by way of another program, such as {@code setpriv} or a shell. */
    Invocation through(String... wrapper) {
        List<String> all = new ArrayList<>(List.of(wrapper));
        all.addAll(words);
        return new Invocation(all, environment, folder, limit);
    }

    /** The same with a pseudo-terminal for its outputs. The words must need no quotes. */
    Invocation onTerminal() {
        return new Invocation(
                List.of("script", "--quiet", "--return", "--command", String.join(" ", words), "/dev/null"),
                environment, folder, limit);
    }

    Invocation with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Invocation(all, environment, folder, limit);
    }

    Invocation env(String name, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(name, value);
        return new Invocation(words, all, folder, limit);
    }

    Invocation within(Duration limit) {
        return new Invocation(words, environment, folder, limit);
    }

    RunningCommand start() {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        environment.forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        try {
            return RunningCommand.of(builder, limit);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + words, e);
        }
    }

    /** Runs it to its end. */
    Outcome run() {
        try (RunningCommand running = start()) {
            return running.await();
        }
    }
}
