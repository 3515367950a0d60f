package io.onedump.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.stream.Stream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.WorkFolder;
import io.onedump.encrypt.age.NewIdentity;
import io.onedump.restore.choice.RestoreException;
import io.onedump.servers.MariaDb;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code restore:} in a route of any Camel application. */
class RestoreStepIT {

    private static MariaDb server;
    private static MariaDb scratch;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = MariaDb.start();
        scratch = MariaDb.start();
        server.loadShop();
    }

    @AfterAll
    static void stop() {
        server.close();
        scratch.close();
    }

    private static String at(MariaDb where) {
        return "mysql://root@127.0.0.1:" + where.port();
    }

    private Object run(String... steps) throws Exception {
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:start").to(steps);
                }
            });
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                return template.requestBody("direct:start", (Object) null);
            } finally {
                context.stop();
                try (Stream<Path> left = Files.walk(folder.resolve("work"))) {
                    assertThat(left.filter(Files::isRegularFile).filter(file -> !file.endsWith(".lock"))).isEmpty();
                }
            }
        }
    }

    @Test
    void aDumpIsProvedOnAScratchServerAndStaysInTheBody() throws Exception {
        scratch.execute("DROP DATABASE IF EXISTS proof");
        Object body = run("dump:mysql-native?dsn=" + at(server) + "/shop",
                "restore:load?dsn=" + at(scratch) + "&intoDatabase=proof");
        assertThat(body).isInstanceOf(Artifact.class);
        assertThat(scratch.snapshot("proof").lines()).hasSameSizeAs(server.snapshot("shop").lines());
    }

    @Test
    void aToolsDumpIsLoadedByItsClient() throws Exception {
        scratch.execute("DROP DATABASE IF EXISTS shop",
                "CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
        run("dump:mysqldump?dsn=" + at(server) + "/shop", "restore:load?dsn=" + at(scratch) + "/shop");
        assertThat(scratch.snapshot("shop").differencesFrom(server.snapshot("shop"))).isEmpty();
    }

    @Test
    void aSealedDumpIsOpenedByItsIdentityAndByNoOther() throws Exception {
        scratch.execute("DROP DATABASE IF EXISTS proof");
        NewIdentity key = NewIdentity.generate(Instant.EPOCH);
        Path file = Files.writeString(folder.resolve("shop.key"), key.file());
        String dump = "dump:mysql-native?dsn=" + at(server) + "/shop";
        String seal = "encrypt:age?recipients=" + key.recipient();
        String restore = "restore:load?dsn=" + at(scratch) + "&intoDatabase=proof";

        assertThatThrownBy(() -> run(dump, seal, restore)).cause().isInstanceOf(RestoreException.class)
                .hasMessageContaining("set the option identity or passphrase of the step");
        String other = NewIdentity.generate(Instant.EPOCH).file().lines().reduce((a, b) -> b).orElseThrow();
        assertThatThrownBy(() -> run(dump, seal, restore + "&identity=" + other)).cause()
                .isInstanceOf(RestoreException.class).hasMessageContaining("the identity is wrong");
        assertThatThrownBy(() -> scratch.snapshot("proof")).hasMessageContaining("Unknown database");
        assertThatThrownBy(() -> run(dump, seal, restore + "&identity=nonsense"))
                .hasStackTraceContaining("option identity: line 1 is no identity of age");
        run(dump, seal, restore + "&identity={{file:" + file + "}}");
        assertThat(scratch.snapshot("proof").lines()).hasSameSizeAs(server.snapshot("shop").lines());
    }

    @Test
    void aSealedDumpOfAToolIsOpenedIntoAFileThatGoes() throws Exception {
        scratch.execute("DROP DATABASE IF EXISTS shop",
                "CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
        NewIdentity key = NewIdentity.generate(Instant.EPOCH);
        Path file = Files.writeString(folder.resolve("shop.key"), key.file());
        run("dump:mysqldump?dsn=" + at(server) + "/shop&spool=false", "encrypt:age?recipients=" + key.recipient(),
                "restore:load?dsn=" + at(scratch) + "/shop&identity={{file:" + file + "}}");
        assertThat(scratch.snapshot("shop").differencesFrom(server.snapshot("shop"))).isEmpty();
    }

    @Test
    void whatDiffersFailsTheStep() throws Exception {
        scratch.execute("DROP DATABASE IF EXISTS shop");
        run("dump:mysql-native?dsn=" + at(server) + "/shop", "restore:load?dsn=" + at(scratch) + "/shop");
        scratch.execute("UPDATE shop.customers SET name = CONCAT(name, 'x') LIMIT 1");
        assertThatThrownBy(() -> run("dump:mysql-native?dsn=" + at(server) + "/shop",
                "restore:compare?dsn=" + at(scratch) + "/shop")).isInstanceOf(CamelExecutionException.class)
                .cause().isInstanceOf(RestoreException.class)
                .hasMessageContaining("is not equal: ").hasMessageContaining("shop.customers: ");
    }

    @Test
    void wrongOptionsAreRefusedBeforeTheRouteStarts() {
        assertThatThrownBy(() -> run("dump:mysql-native?dsn=" + at(server) + "/shop", "restore:load"))
                .hasStackTraceContaining("option dsn: it is missing");
        assertThatThrownBy(() -> run("dump:mysql-native?dsn=" + at(server) + "/shop", "restore:load?dsn="
                + at(scratch) + "&schemaOnly=true&dataOnly=true")).hasStackTraceContaining("schemaOnly and dataOnly");
        assertThatThrownBy(() -> run("dump:mysql-native?dsn=" + at(server) + "/shop", "restore:bring?dsn="
                + at(scratch))).hasStackTraceContaining("use one of [load, compare]");
    }
}
