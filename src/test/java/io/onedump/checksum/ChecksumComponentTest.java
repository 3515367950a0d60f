package io.onedump.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.OnedumpConstants;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumComponentTest {

    private CamelContext context;

    @BeforeEach
    void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void makesTheBodyAnArtifactAndAsksForASidecar() throws Exception {
        Exchange exchange =
                context.createProducerTemplate().request("checksum:sha256", sent -> sent.getMessage().setBody("hallo"));
        assertThat(exchange.getMessage().getBody()).isInstanceOf(Artifact.class);
        assertThat(exchange.getMessage().getHeader(OnedumpConstants.SIDECAR)).isEqualTo("sha256");
    }

    @Test
    void refusesUnknownAlgorithmsAtStart() {
        assertThatThrownBy(() -> context.getEndpoint("checksum:md5")).hasMessageContaining("unknown algorithm")
                .hasMessageContaining("sha256");
    }

    @Test
    void writesWhatSha256sumAccepts(@TempDir Path folder) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dump").to("checksum:sha256").to("storage:file:" + folder);
            }
        });
        context.createProducerTemplate().sendBodyAndHeader("direct:dump", "select 1;", OnedumpConstants.FILE_NAME,
                "it's a dump.sql");
        assertThat(sha256sum(folder)).isZero();
        Files.writeString(folder.resolve("it's a dump.sql"), "select 2;");
        assertThat(sha256sum(folder)).isNotZero();
    }

    private static int sha256sum(Path folder) throws IOException, InterruptedException {
        return new ProcessBuilder("sha256sum", "-c", "it's a dump.sql.checksum").directory(folder.toFile()).start()
                .waitFor();
    }
}
