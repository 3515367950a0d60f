package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** Camel's exec: in an application that has our jar in its class path, and has installed nothing. */
@Timeout(120)
class PlainContextTest {

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private StubDumper command;

    @BeforeEach
    void configure() throws IOException {
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        command = StubDumper.in(Files.createDirectory(folder.resolve("command")));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** From a timer by a command and a checksum to a storage, and then tell somebody. */
    @Test
    void neitherStoresNorTellsOfACommandThatFails() throws Exception {
        command.prints("half of a dump.").exits(3);

        MockEndpoint told = backup("timer:once?repeatCount=1&delay=0");
        MockEndpoint failed = context.getEndpoint("mock:failed", MockEndpoint.class);

        await().atMost(Duration.ofSeconds(60)).until(() -> failed.getReceivedCounter() == 1);
        assertThat(failed.getExchanges().get(0).getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .isInstanceOf(ProducerFailedException.class).hasMessageContaining("exit code 3");
        assertThat(told.getReceivedCounter()).isZero();
        assertThat(folder.resolve("kept")).doesNotExist();
    }

    @Test
    void holdsABigOutputNowhereInMemory() throws Exception {
        command.printsInserts(1_000_000_000);

        MockEndpoint told = backup("timer:once?repeatCount=1&delay=0");

        await().atMost(Duration.ofSeconds(80)).until(() -> told.getReceivedCounter() == 1);
        assertThat(names("kept")).hasSize(2);
        context.stop();
        assertThat(names("work")).noneMatch(name -> name.contains("dumper"));
    }

    @Test
    void stopsABackupWhoseHookFails() throws Exception {
        command.exits(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").to("exec:" + command.path()).to("mock:dump")
                        .to("storage:file:" + folder.resolve("kept"));
            }
        });
        context.start();

        assertThat(send().getException()).isInstanceOf(ProducerFailedException.class);
        assertThat(context.getEndpoint("mock:dump", MockEndpoint.class).getReceivedCounter()).isZero();
    }

    @Test
    void storesNothingWhereTheCommandRanInAnotherRoute() throws Exception {
        command.prints("half").exits(3);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").to("exec:" + command.path()).to("direct:keep");
                from("direct:keep").to("storage:file:" + folder.resolve("kept"));
            }
        });
        context.start();

        assertThat(send().getException()).isInstanceOf(ProducerFailedException.class);
        assertThat(folder.resolve("kept")).doesNotExist();
    }

    /** Whoever uses exec: for other things finds what Camel's own executor would have given. */
    @Test
    void leavesOtherRoutesTheExitCodeAndTheText() throws Exception {
        command.prints("a line").exits(2);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").to("exec:" + command.path()).convertBodyTo(String.class);
            }
        });
        context.start();

        Exchange exchange = send();

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("CamelExecExitValue")).isEqualTo(2);
        assertThat(exchange.getMessage().getBody()).isEqualTo("a line");
        assertThat(names("work")).noneMatch(name -> name.contains("dumper"));
    }

    private MockEndpoint backup(String input) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).to("mock:failed");
                from(input).to("exec:" + command.path()).to("checksum:sha256")
                        .to("storage:file:" + folder.resolve("kept")).to("mock:told");
            }
        });
        context.start();
        return context.getEndpoint("mock:told", MockEndpoint.class);
    }

    private Exchange send() {
        return context.createProducerTemplate().send("direct:run", exchange -> {
        });
    }

    private String[] names(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toArray(String[]::new);
        }
    }
}
