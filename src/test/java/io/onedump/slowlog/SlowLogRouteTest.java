package io.onedump.slowlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Compression;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlowLogRouteTest {

    private static final String EVENT = """
            # Time: 2026-11-23T03:53:13.675091Z
            # User@Host: root[root] @ localhost []  Id:    10
            # Query_time: 1.500000  Lock_time: 0.000001 Rows_sent: 1  Rows_examined: 2
            SET timestamp=1795405993;
            SELECT %s FROM orders;
            """;

    @TempDir
    private Path folder;
    private CamelContext camel;
    private Path log;
    private boolean storageFails;

    @BeforeEach
    void start() {
        camel = new DefaultCamelContext();
        log = folder.resolve("slow.log");
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    private Exchange run(String uri, Object body) throws Exception {
        if (camel.getRoutes().isEmpty()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("direct:job").to(uri).process(exchange -> {
                        if (storageFails) {
                            throw new IOException("storage is away");
                        }
                    });
                }
            });
            camel.start();
        }
        Exchange result = camel.createFluentProducerTemplate().to("direct:job").withBody(body).send();
        if (result.getException() != null) {
            throw new CamelExecutionException("job failed", result, result.getException());
        }
        return result;
    }

    private long digested() throws Exception {
        return run("slowlog:text?path=" + log + "&bookmark=" + folder.resolve("slow.bookmark"), null)
                .getMessage().getHeader(SlowLogConstants.EVENTS, Long.class);
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String text(Exchange exchange) throws IOException {
        Artifact artifact = exchange.getMessage().getBody(Artifact.class);
        return new String(artifact.open().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void digestsAFileIntoAnArtifact() throws Exception {
        write(EVENT.formatted("a") + EVENT.formatted("b"));
        Exchange result = run("slowlog:html?path=" + log + "&fileName=slow-${date:now:yyyy}.html", null);
        assertThat(text(result)).startsWith("<!DOCTYPE html>");
        assertThat(result.getMessage().getHeader(SlowLogConstants.FILE_NAME, String.class))
                .matches("slow-\\d{4}\\.html");
        assertThat(result.getMessage().getHeader(SlowLogConstants.CLASSES)).isEqualTo(2);
        assertThat(result.getMessage().getHeader(SlowLogConstants.SUMMARY, String.class)).contains("2 events in 2"
                + " classes");
    }

    @Test
    void saysThatTheLogIsMissingWhenItsFolderIsGoneToo() throws Exception {
        log = Files.createDirectory(folder.resolve("logs")).resolve("slow.log");
        write(EVENT.formatted("a"));
        assertThat(digested()).isEqualTo(1);
        Files.delete(log);
        Files.delete(log.getParent());
        assertThatThrownBy(this::digested).hasStackTraceContaining(log + ": no such file");
    }

    @Test
    void digestsAnArtifactFromAStorage() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = Compression.ZSTD.compress(packed, null)) {
            out.write(EVENT.formatted("a").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(text(run("slowlog:text", new BytesArtifact("slow.log.zst", packed.toByteArray()))))
                .contains("# File: slow.log.zst", "# Overall: 1 total");
    }

    @Test
    void keepsLiteralsOutOfBodyAndSummary() throws Exception {
        write(EVENT.formatted("'secret'"));
        Exchange result = run("slowlog:json?samples=false&path=" + log, null);
        assertThat(text(result) + result.getMessage().getHeader(SlowLogConstants.SUMMARY)).doesNotContain("secret");
    }

    @Test
    void digestsEachEventOnce() throws Exception {
        write(EVENT.formatted("a"));
        assertThat(digested()).isEqualTo(1);
        assertThat(digested()).isZero();
        write(EVENT.formatted("b") + EVENT.formatted("c"));
        assertThat(digested()).isEqualTo(2);
    }

    @Test
    void leavesAHalfWrittenEventForTheNextRun() throws Exception {
        String half = EVENT.formatted("b");
        write(EVENT.formatted("a") + half.substring(0, 120));
        assertThat(digested()).isEqualTo(1);
        write(half.substring(120, half.length() - 4));
        assertThat(digested()).isZero();
        write(half.substring(half.length() - 4));
        assertThat(digested()).isEqualTo(1);
    }

    @Test
    void digestsAgainWhatAFailedRunDidNotStore() throws Exception {
        write(EVENT.formatted("a"));
        storageFails = true;
        assertThatThrownBy(this::digested).hasRootCauseMessage("storage is away");
        storageFails = false;
        assertThat(digested()).isEqualTo(1);
    }

    @Test
    void goesOnInTheOldFileAfterARotation() throws Exception {
        write(EVENT.formatted("a"));
        assertThat(digested()).isEqualTo(1);
        write(EVENT.formatted("b"));
        Files.move(log, folder.resolve("slow.log.1"));
        write(EVENT.formatted("c") + EVENT.formatted("d"));
        assertThat(digested()).isEqualTo(3);
        assertThat(digested()).isZero();
    }

    @Test
    void goesOnInTheOldFileWhenRotationPackedIt() throws Exception {
        write(EVENT.formatted("a"));
        assertThat(digested()).isEqualTo(1);
        write(EVENT.formatted("b"));
        try (OutputStream out =
                Compression.GZIP.compress(Files.newOutputStream(folder.resolve("slow.log.1.gz")), null)) {
            out.write(Files.readAllBytes(log));
        }
        Files.delete(log);
        write(EVENT.formatted("c"));
        assertThat(digested()).isEqualTo(2);
    }

    @Test
    void readsWhatWasRotatedTwiceSinceTheLastRun() throws Exception {
        write(EVENT.formatted("a"));
        assertThat(digested()).isEqualTo(1);
        write(EVENT.formatted("b"));
        Files.move(log, folder.resolve("slow.log.2"));
        write(EVENT.formatted("c") + EVENT.formatted("d"));
        Files.copy(log, folder.resolve("slow.log.copy"));
        Files.move(log, folder.resolve("slow.log.1"));
        Files.writeString(folder.resolve("slow.log.note"), "not a log\n");
        Files.writeString(folder.resolve("slow-replica.log"), EVENT.formatted("of another server"));
        write(EVENT.formatted("e"));
        assertThat(digested()).isEqualTo(4);
        assertThat(digested()).isZero();
    }

    @Test
    void staysWithTheOldFileUntilTheServerOpensTheNewOne() throws Exception {
        write(EVENT.formatted("a"));
        assertThat(digested()).isEqualTo(1);
        Path old = folder.resolve("slow.log.1");
        Files.move(log, old);
        Files.writeString(old, EVENT.formatted("b"), StandardOpenOption.APPEND);
        assertThat(digested()).isEqualTo(1);
        Files.createFile(log);
        Files.writeString(old, EVENT.formatted("c"), StandardOpenOption.APPEND);
        assertThat(digested()).isEqualTo(1);
        Files.writeString(old, EVENT.formatted("d"), StandardOpenOption.APPEND);
        write(EVENT.formatted("e"));
        assertThat(digested()).isEqualTo(2);
        assertThat(digested()).isZero();
    }

    @Test
    void goesOnInAFileThatWasRotatedBeforeItHeldAnything() throws Exception {
        Files.createFile(log);
        assertThat(digested()).isZero();
        write(EVENT.formatted("a"));
        Files.move(log, folder.resolve("slow.log.1"));
        write(EVENT.formatted("b"));
        assertThat(digested()).isEqualTo(2);
    }

    @Test
    void beginsAnewWhenTheLogWasTruncated() throws Exception {
        write(EVENT.formatted("a") + EVENT.formatted("b"));
        assertThat(digested()).isEqualTo(2);
        Files.writeString(log, EVENT.formatted("c"));
        assertThat(digested()).isEqualTo(1);
    }

    @Test
    void carriesTheDatabaseFromRunToRun() throws Exception {
        write(EVENT.formatted("a").replace("SET", "use shop;\nSET"));
        digested();
        write(EVENT.formatted("b"));
        assertThat(text(run("", null))).contains("# Databases    shop (1/100%)");
    }

    @Test
    void failsWhenThereIsNoSuchLog() {
        assertThatThrownBy(this::digested).rootCause().isInstanceOf(SlowLogException.class)
                .hasMessageContaining("no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"slowlog:pdf", "slowlog:text?limit=some", "slowlog:text?orderBy=count:often",
            "slowlog:text?since=yesterday", "slowlog:text?bookmark=x", "slowlog:text?since=1h&until=2h",
            "slowlog:text?paht=x"})
    void refusesWrongOptionsBeforeItStarts(String uri) {
        assertThatThrownBy(() -> run(uri, "")).hasMessageContaining("slowlog");
    }
}
