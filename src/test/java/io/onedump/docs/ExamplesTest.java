package io.onedump.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import io.onedump.app.config.RouteCheck;
import io.onedump.app.config.RouteFile;
import io.onedump.dump.ArtifactExecutor;
import io.onedump.job.JobTracking;
import io.onedump.job.RunOnce;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every YAML block of the pages is a route file without a problem, with the properties that its page sets. */
class ExamplesTest {

    @TestFactory
    Stream<DynamicTest> examplesAreGood(@TempDir Path folder) {
        return Repository.pages().stream()
                .flatMap(page -> Stream.iterate(0, i -> i < page.blocks("yaml").size(), i -> i + 1)
                        .map(i -> DynamicTest.dynamicTest(page.file().getFileName() + " " + (i + 1), () -> {
                            Path file = folder.resolve("example-" + (i + 1) + ".camel.yaml");
                            Files.writeString(file, page.blocks("yaml").get(i));
                            assertIsGood(List.of(file), properties(page));
                        })));
    }

    @Test
    void shippedRoutesAreGood() throws Exception {
        try (Stream<Path> routes = Files.list(Repository.file("routes"))) {
            assertIsGood(routes.sorted().toList(), read(Files.readString(Repository.file("application.properties"))));
        }
    }

    @Test
    void routesOfTheContainersAreGood() throws Exception {
        Properties environment = read("backup.password = x\ns3.secret-key = x");
        try (Stream<Path> routes = Files.list(Repository.file("docker/routes"))) {
            assertIsGood(routes.sorted().toList(), environment);
        }
    }

    @Test
    void pagesHaveExamples() {
        List<String> without = new ArrayList<>();
        for (String page : List.of("README.md", "docs/dump.md", "docs/storage.md", "docs/checksum.md",
                "docs/jobs.md")) {
            if (Page.of(page).blocks("yaml").isEmpty()) {
                without.add(page);
            }
        }
        assertThat(without).isEmpty();
    }

    private static void assertIsGood(List<Path> files, Properties properties) throws Exception {
        try (DefaultCamelContext context = context(properties)) {
            context.init();
            assertThat(new RouteCheck(context, route -> true).problems(files.stream().map(RouteFile::read).toList()))
                    .isEmpty();
        }
        // Some mistakes show only when the routes are made, such as those in expressions.
        try (DefaultCamelContext context = context(properties)) {
            // Takes the schedules off: nothing may run.
            context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new RunOnce());
            JobTracking.install(context, Clock.systemUTC());
            for (Path file : files) {
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.resolveResource(context, "file:" + file));
            }
            context.start();
        }
    }

    private static DefaultCamelContext context(Properties properties) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(properties);
        ArtifactExecutor executor = new ArtifactExecutor();
        executor.setCamelContext(context);
        context.getRegistry().bind("artifact", executor);
        return context;
    }

    private static Properties properties(Page page) throws IOException {
        return read(String.join("\n", page.blocks("properties")));
    }

    /** Files of secrets are on the reader's machine only. */
    private static Properties read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text.replaceAll("\\{\\{file:[^}]*}}", "from-a-file")));
        return properties;
    }
}
