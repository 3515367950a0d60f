package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import com.github.luben.zstd.ZstdInputStream;
import io.onedump.artifact.WorkFolder;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command's output as an artifact, through Camel's exec component. */
class ArtifactExecutorTest {

    @TempDir
    private Path folder;

    @Test
    void storesTheOutputUnderTheHeadersNameWithTheCompressionsEnding() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
            ArtifactExecutor executor = new ArtifactExecutor();
            executor.setCamelContext(context);
            context.getRegistry().bind("artifact", executor);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:start").setHeader("CamelFileName", constant("words.txt"))
                            .to("exec:echo?args=hello&commandExecutor=#artifact")
                            .toF("storage:file:%s", folder.resolve("kept"));
                }
            });
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                template.sendBody("direct:start", "");
            }
        }
        try (ZstdInputStream kept = new ZstdInputStream(Files.newInputStream(folder.resolve("kept/words.txt.zst")))) {
            assertThat(kept.readAllBytes()).asString().isEqualTo("hello\n");
        }
    }
}
