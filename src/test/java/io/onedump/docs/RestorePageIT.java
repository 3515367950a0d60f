package io.onedump.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.WorkFolder;
import io.onedump.servers.MariaDb;
import io.onedump.servers.Postgres;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/restore.md, run word by word in the folder of an artifact. */
class RestorePageIT {

    private static final List<String> COMMANDS = Page.of("docs/restore.md").blocks("sh");

    @TempDir
    private Path folder;

    @Test
    void mariaDbIsRestored() throws Exception {
        try (MariaDb server = MariaDb.start()) {
            server.loadShop();
            store("mysqldump", "mysql://root@127.0.0.1:" + server.port() + "/shop", "shop-20261123-023000.sql");
            Files.writeString(folder.resolve(".my.cnf"),
                    "[client]\nprotocol=tcp\nhost=127.0.0.1\nuser=root\nport=" + server.port() + "\n");

            run("sha256sum", Map.of());
            run("mariadb", Map.of("HOME", folder.toString()));
            assertThat(run("grep", Map.of())).startsWith("-- CHANGE MASTER TO");

            assertThat(server.snapshot("shop_restored").differencesFrom(server.snapshot("shop"))).isEmpty();
        }
    }

    @Test
    void postgresIsRestored() throws Exception {
        try (Postgres server = Postgres.start()) {
            server.loadShop();
            store("pgdump", "postgres://" + server.user() + "@127.0.0.1:" + server.port() + "/shop",
                    "orders-20261123-023000.sql");

            run("createdb",
                    Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(server.port()), "PGUSER", server.user(),
                            "PATH", System.getenv("PATH") + ":" + server.binary("createdb").getParent()));

            assertThat(server.snapshot("orders_restored").differencesFrom(server.snapshot("shop"))).isEmpty();
        }
    }

    private void store(String dumper, String dsn, String name) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    fromF("direct:start").toF("dump:%s?dsn=RAW(%s)&fileName=%s", dumper, dsn, name)
                            .to("checksum:sha256").toF("storage:file:%s", folder);
                }
            });
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                template.sendBody("direct:start", "");
            }
        }
    }

    /** @param word the first block with this word is run */
    private String run(String word, Map<String, String> environment) throws IOException, InterruptedException {
        String script = COMMANDS.stream().filter(block -> block.contains(word)).findFirst().orElseThrow();
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", script).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String output = Files.readString(folder.resolve("output"));
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
