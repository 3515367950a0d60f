package io.onedump.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.job.ExitCode;
import io.onedump.restore.choice.RestoreException;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExitCodesTest {

    static Stream<Arguments> failures() {
        StorageException storage = new TransientStorageException("the bucket is away", null);
        return Stream.of(
                Arguments.of(new ConfigurationException(Problem.of("x", "wrong")), ExitCode.CONFIGURATION),
                Arguments.of(new RuntimeCamelException(new ConfigurationException(Problem.of("x", "wrong"))),
                        ExitCode.CONFIGURATION),
                Arguments.of(storage, ExitCode.STORAGE),
                Arguments.of(new CamelExecutionException("x", null, storage), ExitCode.STORAGE),
                Arguments.of(new ExecutionException(new UncheckedIOException(storage)), ExitCode.STORAGE),
                Arguments.of(new StorageException("x", new ProducerFailedException("the dump failed")),
                        ExitCode.PRODUCER),
                Arguments.of(new RestoreException("x", storage), ExitCode.PRODUCER),
                Arguments.of(new CamelExecutionException("x", null, new IOException("gone")), ExitCode.PRODUCER),
                Arguments.of(new IllegalStateException("in the middle"), ExitCode.PRODUCER),
                Arguments.of(new IllegalArgumentException("in the middle"), ExitCode.PRODUCER),
                Arguments.of(new NullPointerException(), ExitCode.PRODUCER),
                Arguments.of(new OutOfMemoryError("Java heap space"), ExitCode.PRODUCER),
                Arguments.of(new ConfigurationException(Problem.of("x", "y")).initCause(new OutOfMemoryError()),
                        ExitCode.PRODUCER),
                Arguments.of(new RuntimeException(new OutOfMemoryError()), ExitCode.PRODUCER));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isTheDocumentedOne(Throwable thrown, ExitCode code) {
        assertThat(ExitCodes.of(thrown)).isEqualTo(code);
    }
}
