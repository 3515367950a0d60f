package io.onedump.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.RouteFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationCheckTest {

    private static final String ROUTE = """
            - beans:
                - name: seen
                  type: java.util.concurrent.atomic.AtomicInteger
            - route:
                id: shop
                from:
                  uri: quartz
                  parameters:
                    groupName: a
                    triggerName: b
                    cron: "0 0 0 1 1 ?"
                  steps:
                    - to: "storage:file:{{folder}}/kept"
                    - to: "storage:mock:kept"
            """;

    @TempDir
    private Path folder;

    @Test
    void looksInAContextThatNothingRunsIn() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.camel.yaml"), ROUTE);
        Path properties = Files.writeString(folder.resolve("some.properties"), "folder=" + folder + "\n");

        try (Application application = Application.unscheduled(
                new Configuration("test", RouteFiles.find(file.toString()), List.of(properties)), Set.of())) {
            application.read();

            assertThat(application.getCamelContext().getComponentNames()).doesNotContain("quartz", "storage", "mock");
            assertThat(application.getCamelContext().getEndpoints()).isEmpty();
            assertThat(application.jobs()).extracting(job -> job.id()).containsExactly("shop");
        }
    }
}
