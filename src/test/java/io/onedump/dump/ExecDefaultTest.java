package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import io.onedump.artifact.ProducerFailedException;
import io.onedump.artifact.WorkFolder;
import io.onedump.servers.StubDumper;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Camel's exec: as a route writes it that knows of no executor. */
@Timeout(90)
class ExecDefaultTest {

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private StubDumper command;

    @BeforeEach
    void configure() throws IOException {
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        ExecDefault.install(context);
        command = StubDumper.in(Files.createDirectory(folder.resolve("command")));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void storesNothingOfACommandThatFails() throws Exception {
        command.prints("half of a dump.").complains("gone").exits(3);

        assertThat(run("").getException()).isInstanceOf(ProducerFailedException.class)
                .hasMessageContaining("exit code 3: gone");
        assertThat(stored()).isEmpty();
    }

    @Test
    void storesTheOutputOfOneThatSucceeds() throws Exception {
        command.prints("a dump");

        assertThat(run("").getException()).isNull();

        assertThat(stored()).hasSize(1);
        assertThat(DumpRoute.text(stored().get(0))).isEqualTo("a dump");
    }

    /** More than this JVM's heap, which is 512 MB in the build. */
    @Test
    void holdsABigOutputNowhereInMemory() throws Exception {
        command.printsInserts(1_000_000_000);

        assertThat(run("").getException()).isNull();
        assertThat(stored()).hasSize(1);
    }

    @Test
    void stopsTheJobWhenAHookFails() throws Exception {
        command.exits(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hook").to("exec:" + command.path()).setBody(constant("later")).to("mock:later");
            }
        });
        context.start();

        Exchange exchange = context.createProducerTemplate().send("direct:hook", nothing -> {
        });

        assertThat(exchange.getException()).isInstanceOf(ProducerFailedException.class);
        assertThat(context.getEndpoint("mock:later", MockEndpoint.class)
                .getReceivedCounter()).isZero();
    }

    @Test
    void goesOnAfterAHookThatHasNothingToSay() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hook").to("exec:true").setBody(constant("later")).to("mock:later");
            }
        });
        context.start();

        assertThat(context.createProducerTemplate().send("direct:hook", nothing -> {
        }).getException()).isNull();
    }

    @Test
    void storesNothingOfACommandThatPrintsNothing() throws Exception {
        assertThat(run("").getException()).isInstanceOf(ProducerFailedException.class)
                .hasMessageContaining("printed nothing");
        assertThat(stored()).isEmpty();
    }

    @Test
    void givesTheTextToWhoAsksForIt() throws Exception {
        command.prints("a line");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:text").to("exec:" + command.path()).convertBodyTo(String.class);
            }
        });
        context.start();

        assertThat(context.createProducerTemplate().requestBody("direct:text", null, String.class))
                .isEqualTo("a line");
    }

    @Test
    void failsToTellOfAnOutputFileWhoseCommandFailed() throws Exception {
        command.prints("x").exits(3);

        assertThat(run("?outFile=" + folder.resolve("out")).getException()).isNotNull();
        assertThat(stored()).isEmpty();
    }

    @Test
    void takesTheExitCodesThatTheRouteAllows() throws Exception {
        command.prints("x").exits(3);

        assertThat(run("?exitValues=0,3").getException()).isNull();
        assertThat(stored()).hasSize(1);
    }

    private Exchange run(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").to("exec:" + command.path() + options).to("checksum:sha256")
                        .to("storage:file:" + folder.resolve("kept") + "?sidecar=never");
            }
        });
        context.start();
        return context.createProducerTemplate().send("direct:run", nothing -> {
        });
    }

    private List<Path> stored() throws IOException {
        Path kept = folder.resolve("kept");
        if (!Files.isDirectory(kept)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(kept)) {
            return files.sorted().toList();
        }
    }
}
