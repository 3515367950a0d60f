package io.onedump.artifact.process;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process to start, and what it takes for its output to count as whole.
 *
 * @param subject      what messages call it: {@code dump mysqldump backup@db:3306/shop}
 * @param launcher     words in front of the executable, such as {@code stdbuf} and its options; may be empty
 * @param arguments    the executable and its arguments, none of them a secret
 * @param environment  all variables that the process gets; see {@link ChildEnvironment}
 * @param directory    working folder, or null for this process's own
 * @param exitCodes    the exit codes that mean success
 * @param completion   what the output has to end with
 * @param timeout      how long the process may run in all; zero for ever
 * @param stallTimeout how long it may print nothing; zero for ever
 * @param secrets      texts that must not appear in a message
 * @param resources    what is closed when the process has ended: options file, tunnel
 * @param failures     makes the exceptions
 * @param chatter      finds lines on standard error that say nothing; null for none
 */
public record Command(
        String subject, List<String> launcher, List<String> arguments, Map<String, String> environment, Path directory,
        Set<Integer> exitCodes, Completion completion, Duration timeout, Duration stallTimeout, List<String> secrets,
        List<Closeable> resources, ProcessFailures failures, Pattern chatter) {

    public Command {
        launcher = List.copyOf(launcher);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        secrets = secrets.stream().filter(secret -> secret != null && !secret.isEmpty()).toList();
        resources = List.copyOf(resources);
    }

    /** Exit code 0 alone decides; no time limits, nothing secret, the environment that every child gets. */
    public static Command of(String subject, List<String> arguments, ProcessFailures failures) {
        return new Command(subject, List.of(), arguments, ChildEnvironment.base(), null, Set.of(0),
                Completion.EXIT_CODE, Duration.ZERO, Duration.ZERO, List.of(), List.of(), failures, null);
    }

    public Command withLauncher(List<String> words) {
        return new Command(subject, words, arguments, environment, directory, exitCodes, completion, timeout,
                stallTimeout, secrets, resources, failures, chatter);
    }

    public Command withEnvironment(Map<String, String> variables) {
        return new Command(subject, launcher, arguments, variables, directory, exitCodes, completion, timeout,
                stallTimeout, secrets, resources, failures, chatter);
    }

    public Command in(Path folder) {
        return new Command(subject, launcher, arguments, environment, folder, exitCodes, completion, timeout,
                stallTimeout, secrets, resources, failures, chatter);
    }

    public Command endingWith(Set<Integer> codes, Completion output) {
        return new Command(subject, launcher, arguments, environment, directory, codes, output, timeout,
                stallTimeout, secrets, resources, failures, chatter);
    }

    public Command within(Duration whole, Duration silence) {
        return new Command(subject, launcher, arguments, environment, directory, exitCodes, completion, whole,
                silence, secrets, resources, failures, chatter);
    }

    /** @param texts that must not appear in a message; null and empty ones are left out */
    public Command hiding(List<String> texts) {
        return new Command(subject, launcher, arguments, environment, directory, exitCodes, completion, timeout,
                stallTimeout, texts, resources, failures, chatter);
    }

    public Command closing(List<Closeable> closed) {
        return new Command(subject, launcher, arguments, environment, directory, exitCodes, completion, timeout,
                stallTimeout, secrets, closed, failures, chatter);
    }

    /** @param lines found on standard error that are not worth a word */
    public Command passingOver(Pattern lines) {
        return new Command(subject, launcher, arguments, environment, directory, exitCodes, completion, timeout,
                stallTimeout, secrets, resources, failures, lines);
    }

    boolean isChatter(String line) {
        return chatter != null && chatter.matcher(line).find();
    }

    String executable() {
        return arguments.get(0);
    }

    /** Everything that is started, in its order. */
    List<String> words() {
        return Stream.concat(launcher.stream(), arguments.stream()).toList();
    }

    /** The text with every secret replaced. */
    String redact(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "xxxxxx");
        }
        return redacted;
    }
}
