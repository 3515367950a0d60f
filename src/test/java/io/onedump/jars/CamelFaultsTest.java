package io.onedump.jars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guards that docs/dependencies.md names against published faults of the version of Camel that is built with. */
class CamelFaultsTest {

    private static final Pattern INPUT = Pattern.compile("from:\\s+uri: ([a-z0-9-]+)");
    private static final Pattern EXCEPTION = Pattern.compile("(?m)^\\s+- ([a-z]+(?:\\.\\w+)+)$");

    /** CAMEL-23627: what slack: finds out too late is no reason to do anything again. */
    @Test
    void nothingIsTriedAgainBecauseOfSlack() throws IOException {
        assertThat(EXCEPTION.matcher(Files.readString(Path.of("routes/errors.camel.yaml"))).results()
                .map(found -> found.group(1))).containsExactlyInAnyOrder("io.onedump.dump.DumpConnectException",
                        "io.onedump.storage.TransientStorageException");
    }

    /** CAMEL-24153, and the lock of a file, are in producers and consumers that storage: does without. */
    @ParameterizedTest
    @CsvSource({"aws2-s3:b?region=eu-central-1&accessKey=a&secretKey=b&streamingUploadMode=true, streamingUploadMode",
            "file:/srv?readLock=fileLock, readLock"})
    void aStorageTakesNoOptionOfThePartThatIsFaulty(String storage, String option) throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();

            assertThatThrownBy(() -> context.getEndpoint("storage:" + storage)).hasStackTraceContaining(option);
        }
    }

    /** No input that could bring headers of exec: from outside is shipped. */
    @Test
    void shippedRoutesBeginWithSchedulesAndCallsOnly() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(Path.of("routes")), Files.list(Path.of("docker/routes")))) {
            List<String> inputs =
                    files.flatMap(file -> INPUT.matcher(read(file)).results().map(found -> found.group(1)))
                            .distinct().toList();
            assertThat(inputs).isNotEmpty().isSubsetOf("quartz", "timer", "direct", "binlog");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform-http", "netty-http", "servlet", "jetty", "undertow"})
    void nothingListensForRequests(String scheme) throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(context.getComponent(scheme, true, false)).isNull();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
