package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.onedump.storage.StorageException;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

class FailuresTest {

    private final StringWriter err = new StringWriter();

    /** A command that has begun its work and ends so. */
    @Command(name = "failing")
    private record Failing(Throwable thrown) implements Callable<Integer> {

        @Override
        public Integer call() throws Exception {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(Arguments.of(new IllegalStateException("in the middle of a restore"), 2),
                Arguments.of(new NullPointerException(), 2), Arguments.of(new OutOfMemoryError("Java heap space"), 2),
                Arguments.of(new IOException("no space left on device"), 2),
                Arguments.of(new StorageException("access denied"), 3),
                Arguments.of(new CamelExecutionException("x", null, new StorageException("access denied")), 3));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatEndsARunningCommandIsNotItsConfiguration(Throwable thrown, int code) {
        assertThat(Onedump.commandLine().addSubcommand(new Failing(thrown)).setErr(new PrintWriter(err, true))
                .execute("failing")).isEqualTo(code);
        assertThat(err.toString()).startsWith("onedump: ").doesNotContain("null");
    }

    @ParameterizedTest
    @CsvSource({"--target-dsn nonsense://x --to 24h", "--target-dsn mysql://x --to 24h --engine magic",
            "--target-dsn mysql://x --to 24h --target-tls some", "--target-dsn mysql://x --end-file x --end-pos 4"})
    void aRestoresWrongArgumentsStartNothing(String arguments) {
        String all = "binlog restore --job x --config nowhere --start-file binlog.000001 " + arguments;

        assertThat(Onedump.commandLine().setErr(new PrintWriter(err, true)).execute(all.split(" "))).isEqualTo(1);
        assertThat(err.toString()).contains("Try 'onedump binlog restore --help'");
    }

    @Test
    void anUnknownOptionIsAWrongArgument() {
        assertThat(Onedump.commandLine().setErr(new PrintWriter(err, true)).execute("dump", "--jobs", "x"))
                .isEqualTo(1);
    }
}
