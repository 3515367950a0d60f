package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.artifact.ProducerFailedException;
import io.onedump.artifact.WorkFolder;
import io.onedump.artifact.process.ChildEnvironment;
import io.onedump.servers.StubDumper;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Camel's exec: with the executor that makes artifacts. */
@Tag("slow")
@Timeout(90)
class ArtifactExecutorTest {

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private StubDumper command;

    @BeforeEach
    void configure() throws IOException {
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        ArtifactExecutor executor = new ArtifactExecutor();
        executor.setCamelContext(context);
        context.getRegistry().bind("artifact", executor);
        command = StubDumper.in(Files.createDirectory(folder.resolve("command")));
    }

    @AfterEach
    void stop() throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        try (Stream<Path> files = Files.walk(work)) {
            assertThat(files.filter(file -> Files.isRegularFile(file) && !file.endsWith(".lock"))).isEmpty();
        }
        context.stop();
    }

    @Test
    void keepsTheOutputOfAnyCommand() throws Exception {
        command.prints("text of a tool");

        assertThat(run("?args=--all 'two words'").getException()).isNull();

        assertThat(DumpRoute.text(single())).isEqualTo("text of a tool");
        assertThat(single().getFileName()).asString().matches("dumper-\\d{8}-\\d{6}\\.zst");
        assertThat(command.arguments()).startsWith("--all");
    }

    @Test
    void namesItByTheHeader() throws Exception {
        command.prints("x");

        run("", "mongo.archive");

        assertThat(single().getFileName()).hasToString("mongo.archive.zst");
    }

    /** More than this JVM's heap, which is 512 MB in the build. */
    @Test
    void holdsABigOutputNowhereInMemory() throws Exception {
        command.printsInserts(1_000_000_000);

        assertThat(run("").getException()).isNull();

        assertThat(single()).satisfies(file -> assertThat(Files.size(file)).isPositive());
    }

    @Test
    void storesNothingWhenTheCommandFails() throws Exception {
        command.prints("half").complains("broken pipe").exits(4);

        assertThat(run("").getException()).isInstanceOf(ProducerFailedException.class)
                .hasMessageContaining("exec dumper").hasMessageContaining("exit code 4: broken pipe");
        assertThat(stored()).isEmpty();
    }

    /** A hook: nobody reads its output, and the next step must not begin before it has ended well. */
    @Test
    void failsBeforeTheDumpThatFollows() throws Exception {
        command.prints("half").sleeps(Duration.ofSeconds(1)).exits(4);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hook").to("exec:" + command.path() + "?commandExecutor=#artifact")
                        .to("dump:pgdump?dsn=postgres://u@127.0.0.1:1/shop&executable=/bin/false");
            }
        });
        context.start();

        assertThat(context.createProducerTemplate().send("direct:hook", exchange -> {
        }).getException()).isInstanceOf(ProducerFailedException.class).hasMessageContaining("exec dumper");
    }

    @Test
    void takesTheExitCodesThatTheRouteAllows() throws Exception {
        command.prints("x").exits(1);

        assertThat(run("?exitValues=0,1").getException()).isNull();

        assertThat(stored()).hasSize(1);
    }

    @Test
    void stopsACommandThatTakesTooLong() throws Exception {
        command.prints("half").sleeps(Duration.ofSeconds(1000));

        assertThat(run("?timeout=1000").getException()).isInstanceOf(ProducerFailedException.class)
                .hasMessageContaining("timeout of PT1S");
        assertThat(stored()).isEmpty();
    }

    @Test
    void failsWhenAChildOutlivesTheCommandAndHoldsItsOutput() throws Exception {
        command.prints("half").then("sleep 30 2>/dev/null &").sleeps(Duration.ofSeconds(1));

        assertThat(run("").getException()).isInstanceOf(ProducerFailedException.class)
                .hasMessageContaining("left behind holds its output open");
        assertThat(stored()).isEmpty();
    }

    @Test
    void saysWhenThereIsNoSuchCommand() throws Exception {
        Files.delete(command.path());

        assertThat(run("").getException()).hasStackTraceContaining("cannot start " + command.path());
    }

    /** Any variable that this JVM happens to have stands for another job's secret. */
    @Test
    void passesOnOnlyTheVariablesThatAreNamed() throws Exception {
        List<String> ours = System.getenv().keySet().stream()
                .filter(name -> !ChildEnvironment.base().containsKey(name) && name.matches("[A-Z][A-Z_]+")
                        && !Set.of("PWD", "OLDPWD", "SHLVL").contains(name))
                .sorted().toList();
        assertThat(ours).hasSizeGreaterThan(1);
        context.getPropertiesComponent().addOverrideProperty(ArtifactExecutor.ENVIRONMENT_PROPERTY, " " + ours.get(0));
        command.prints("x");

        assertThat(run("").getException()).isNull();

        assertThat(command.environment()).anyMatch(variable -> variable.startsWith(ours.get(0) + "="))
                .noneMatch(variable -> variable.startsWith(ours.get(1) + "="))
                .anyMatch(variable -> variable.startsWith("PATH="));
    }

    private Exchange run(String options) throws Exception {
        return run(options, null);
    }

    private Exchange run(String options, String name) throws Exception {
        String separator = options.isEmpty() ? "?" : "&";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").to("exec:" + command.path() + options + separator + "commandExecutor=#artifact")
                        .to("storage:file:" + folder.resolve("stored") + "?sidecar=never");
            }
        });
        context.start();
        return context.createProducerTemplate().send("direct:run",
                exchange -> exchange.getMessage().setHeader(Exchange.FILE_NAME, name));
    }

    private Path single() throws IOException {
        assertThat(stored()).hasSize(1);
        return stored().get(0);
    }

    private List<Path> stored() throws IOException {
        if (!Files.isDirectory(folder.resolve("stored"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("stored"))) {
            return files.toList();
        }
    }
}
