package io.onedump.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

import io.onedump.dump.ArtifactExecutor;
import io.onedump.dump.ExecDefault;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the page on jobs shows. */
class JobsPageTest {

    @Test
    void anArtifactIsTextForTheStepsBehindIt(@TempDir Path folder) throws Exception {
        String example = Page.of("docs/jobs.md").blocks("yaml").stream().filter(block -> block.contains("id: kernel"))
                .findFirst().orElseThrow();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Properties properties = new Properties();
            properties.setProperty("kernel.folder", folder.resolve("kept").toString());
            properties.setProperty("onedump.work-directory", folder.resolve("work").toString());
            context.getPropertiesComponent().setInitialProperties(properties);
            ArtifactExecutor executor = new ArtifactExecutor();
            executor.setCamelContext(context);
            context.getRegistry().bind("artifact", executor);
            ExecDefault.install(context);
            PluginHelper.getRoutesLoader(context).loadRoutes(
                    ResourceHelper.fromBytes("kernel.camel.yaml", example.getBytes(StandardCharsets.UTF_8)));
            context.start();

            String said = context.createProducerTemplate().requestBody("direct:kernel", null, String.class);

            assertThat(said).startsWith("Linux ").endsWith("\n");
            assertThat(folder.resolve("kept/kernel.txt.zst")).isNotEmptyFile();
        }
    }
}
