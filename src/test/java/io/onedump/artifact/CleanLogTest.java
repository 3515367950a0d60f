package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.onedump.app.run.LogProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class CleanLogTest {

    private static final String FOREIGN =
            "denied\u001b[2J\r\n2026-11-30 INFO all succeeded\u202e\u0085x\u2028y <!channel>";
    private static final String CLEAN = "denied\\u001b[2J 2026-11-30 INFO all succeeded\\u202e x y <!channel>";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void catchTheLog() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setErr(before);
    }

    @Test
    void makesOneLineOfWhateverItIsTold() {
        CleanLog.of(CleanLogTest.class).warn("{}: {} {}", FOREIGN, new StringBuilder("a\nb"), List.of("c\nd"));

        assertThat(lines()).singleElement().asString().endsWith(CLEAN + ": a b [c d]");
    }

    @Test
    void indentsTheLinesOfAnObjectOfOurs() {
        CleanLog.of(CleanLogTest.class).warn("{}", new Report());

        assertThat(lines()).hasSize(2).last().isEqualTo("  second\\u001b");
    }

    @Test
    void cleansTheMessagesOfAFailureAndOfItsCauses() {
        IOException failure = new IOException(FOREIGN, new IllegalStateException(FOREIGN));
        failure.addSuppressed(new IOException(FOREIGN, failure));

        CleanLog.of(CleanLogTest.class).error("it failed: {}", "so", failure);

        assertThat(lines()).anyMatch(line -> line.equals("java.io.IOException: " + CLEAN))
                .anyMatch(line -> line.equals("Caused by: java.lang.IllegalStateException: " + CLEAN))
                .anyMatch(line -> line.startsWith("\tat " + CleanLogTest.class.getName()))
                .noneMatch(line -> line.startsWith("2026-11-30 INFO"));
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b", "\u202e");
    }

    /** Camel writes what it was told into its messages, and not beside them. */
    @Test
    void guardsWhatLibrariesWriteIntoTheApplicationsLog() {
        LogProvider provider = new LogProvider();
        provider.initialize();
        Logger library = provider.getLoggerFactory().getLogger("org.example.Library");

        library.error("Failed delivery, caught: " + FOREIGN, new IOException(FOREIGN));

        assertThat(lines()).noneMatch(line -> line.startsWith("2026-11-30 INFO"));
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("Failed delivery").doesNotContain("\u001b",
                "\u202e");
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private record Report() {
        @Override
        public String toString() {
            return "first\nsecond\u001b";
        }
    }
}
