package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that become artifacts, and artifacts in stock endpoints. */
@Timeout(60)
class ArtifactsTest {

    private static final byte[] BYTES = "INSERT INTO t VALUES (1);\n".repeat(100_000).getBytes();

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void configure() {
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void areMadeOfTextBytesFilesAndStreams() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "file");

        assertThat(text(artifact("text"))).isEqualTo("text");
        assertThat(text(artifact(new byte[] {'b'}))).isEqualTo("b");
        assertThat(text(artifact(file.toFile()))).isEqualTo("file");
        assertThat(artifact(file.toFile()).name()).isEqualTo("a.txt");
        Artifact stream = artifact(new ByteArrayInputStream("stream".getBytes()));
        assertThat(text(stream)).isEqualTo("stream");
        assertThat(text(stream)).isEqualTo("stream");
        assertThat(artifact(stream)).isSameAs(stream);
    }

    @Test
    void haveTheNameOfTheHeader() throws IOException {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader(OnedumpConstants.FILE_NAME, "report.txt");
        exchange.getMessage().setBody("text");

        assertThat(Artifacts.of(exchange).name()).isEqualTo("report.txt");
    }

    @Test
    void cannotBeMadeOfNothing() {
        assertThatThrownBy(() -> artifact(null)).isInstanceOf(IOException.class).hasMessageContaining("no body")
                .hasMessageContaining("got nothing");
        assertThatThrownBy(() -> artifact(new Object())).hasMessageContaining("java.lang.Object");
    }

    @Test
    void areWrittenByTheFileEndpoint() throws Exception {
        route(route -> route.to("file:" + folder.resolve("out") + "?fileName=a.sql"));

        assertThat(send().getException()).isNull();

        assertThat(folder.resolve("out/a.sql")).hasBinaryContent(BYTES);
        assertThat(spoolFiles()).isEmpty();
    }

    @Test
    void areWrittenByTheFileEndpointFromTheSpoolsFile() throws Exception {
        route(route -> route.convertBodyTo(File.class).to("file:" + folder.resolve("out") + "?fileName=a.sql"));

        assertThat(send().getException()).isNull();

        assertThat(folder.resolve("out/a.sql")).hasBinaryContent(BYTES);
    }

    @Test
    void areReadFromTheStartByEveryAttempt() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        context.getCamelContextExtension().setErrorHandlerFactory(
                new DefaultErrorHandlerBuilder().maximumRedeliveries(2).redeliveryDelay(1));
        route(route -> route
                .process(exchange -> {
                    try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
                        sizes.add(in.readAllBytes().length);
                    }
                    if (attempts.incrementAndGet() < 3) {
                        throw new IOException("try again");
                    }
                }));

        assertThat(send().getException()).isNull();

        assertThat(sizes).containsExactly(BYTES.length, BYTES.length, BYTES.length);
    }

    @Test
    void feedSeveralBranchesAtOneTime() throws Exception {
        route(route -> route.multicast().parallelProcessing().stopOnException()
                .to("file:" + folder.resolve("one") + "?fileName=a.sql",
                        "file:" + folder.resolve("two") + "?fileName=a.sql",
                        "file:" + folder.resolve("three") + "?fileName=a.sql")
                .end());

        assertThat(send().getException()).isNull();

        for (String name : List.of("one", "two", "three")) {
            assertThat(folder.resolve(name).resolve("a.sql")).hasBinaryContent(BYTES);
        }
        assertThat(spoolFiles()).isEmpty();
    }

    @Test
    void failEveryBranchWhenTheyAreNotWhole() throws Exception {
        route(() -> new FakeSource(new ByteArrayInputStream(BYTES), () -> {
            throw new IOException("no trailer");
        }), route -> route.to("file:" + folder.resolve("out") + "?fileName=a.sql"));

        assertThat(send().getException()).hasRootCauseMessage("no trailer");
        assertThat(spoolFiles()).isEmpty();
    }

    @Test
    void needASpoolWhereAFileIsAskedFor() throws Exception {
        context.start();
        try (StreamedArtifact streamed = new StreamedArtifact(Threads.daemons(), "a.sql",
                () -> FakeSource.of(new ByteArrayInputStream(BYTES)), Compression.NONE, null)) {
            assertThatThrownBy(() -> ArtifactConverters.toFile(streamed)).hasMessageContaining("set spool to true");
        }
    }

    private interface Steps {
        void addTo(ProcessorDefinition<?> route);
    }

    private void route(Steps steps) throws Exception {
        route(() -> FakeSource.of(new ByteArrayInputStream(BYTES)), steps);
    }

    private void route(Source.Factory dump, Steps steps) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("direct:run");
                steps.addTo(route.process(exchange -> {
                    Spools spools = Spools.of(exchange.getContext());
                    Spool spool = spools.spool("a.sql", dump.start(), Compression.NONE, null);
                    spools.endWith(exchange, spool);
                    exchange.getMessage().setBody(spool);
                }));
            }
        });
        context.start();
    }

    private Exchange send() {
        return context.createProducerTemplate().send("direct:run", exchange -> {
        });
    }

    private Artifact artifact(Object body) throws IOException {
        context.start();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return Artifacts.of(exchange);
    }

    private static String text(Artifact artifact) throws IOException {
        try (InputStream in = artifact.open()) {
            return new String(in.readAllBytes());
        }
    }

    private List<Path> spoolFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("work"))) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith(".lock")).toList();
        }
    }
}
