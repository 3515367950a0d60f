package io.onedump.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
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

            run("sha256sum", Map.of());
            run("mariadb", account(server));
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

            run("createdb", account(server));

            assertThat(server.snapshot("orders_restored").differencesFrom(server.snapshot("shop"))).isEmpty();
        }
    }

    @Test
    void bytesOfNoEncodingAreRestored() throws Exception {
        try (Postgres server = Postgres.start()) {
            server.execute("CREATE DATABASE legacy ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE"
                    + " 'C'");
            server.executeIn("legacy", "CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES (E'\\377\\376 raw')");
            store("pgdump", "postgres://" + server.user() + "@127.0.0.1:" + server.port() + "/legacy",
                    "legacy-20261123-023000.sql");

            run("legacy-20261123-023000", account(server));

            try (Connection restored = server.connect("legacy_restored");
                    Statement statement = restored.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT encode(convert_to(a, 'SQL_ASCII'), 'hex') FROM t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("fffe20726177");
            }
        }
    }

    @Test
    void aWholeMariaDbIsRestoredOntoAnEmptyServerWithItsAccounts() throws Exception {
        try (MariaDb server = MariaDb.start(); MariaDb fresh = MariaDb.start()) {
            server.loadShop();
            server.createUser("clerk", "pw", "SELECT ON shop.*");
            store("mysqldump", "mysql://root@127.0.0.1:" + server.port(), "all-20261123-023000.sql");

            run("all-20261123-023000.sql.zst | mariadb", account(fresh));

            assertThat(fresh.snapshot("shop").differencesFrom(server.snapshot("shop"))).isEmpty();
            assertThat(fresh.connect("shop", "clerk", "pw").isValid(5)).isTrue();
        }
    }

    @Test
    void largeRowsAndSequencesAreRestoredWhereTheServersLimitIsRaised() throws Exception {
        try (MariaDb server = MariaDb.start(); MariaDb fresh = MariaDb.start("--max-allowed-packet=16M")) {
            server.execute("CREATE DATABASE shop");
            server.executeIn("shop", "CREATE SEQUENCE numbers",
                    "CREATE TABLE files (id INT DEFAULT NEXTVAL(numbers) PRIMARY KEY, v LONGTEXT)",
                    "INSERT INTO files (v) VALUES (REPEAT('x', 30 << 20))");
            store("mysqldump", "mysql://root@127.0.0.1:" + server.port() + "/shop", "shop-20261123-023000.sql");

            run("SET GLOBAL max_allowed_packet", account(fresh));
            run("CREATE DATABASE shop'", account(fresh));

            assertThat(fresh.snapshot("shop").differencesFrom(server.snapshot("shop"))).isEmpty();
        }
    }

    @Test
    void definersWithoutAnAccountAreListed() throws Exception {
        try (MariaDb server = MariaDb.start()) {
            server.execute("CREATE USER gone", "CREATE DATABASE shop",
                    "CREATE DEFINER=gone VIEW shop.seen AS SELECT 1 AS a", "DROP USER gone");

            assertThat(run("SELECT DISTINCT definer", account(server))).isEqualTo("gone@%\n");
        }
    }

    @Test
    void rolesComeBeforeTheDatabaseThatNamesThem() throws Exception {
        try (Postgres server = Postgres.start(); Postgres fresh = Postgres.start()) {
            server.createUser("clerk", "pw");
            server.execute("CREATE DATABASE orders OWNER clerk");
            server.executeIn("orders", "CREATE TABLE t (a TEXT)", "ALTER TABLE t OWNER TO clerk",
                    "INSERT INTO t VALUES ('äöü')");
            String address = "postgres://" + server.user() + "@127.0.0.1:" + server.port();
            store("pgdumpall", address, "roles-20261123-023000.sql", "&options=--globals-only");
            store("pgdump", address + "/orders", "orders-20261123-023000.sql");

            run("roles-20261123-023000", account(fresh));
            run("createdb", account(fresh));

            assertThat(fresh.snapshot("orders_restored").differencesFrom(server.snapshot("orders"))).isEmpty();
        }
    }

    @Test
    void aWholePostgresIsRestoredOntoAnEmptyServer() throws Exception {
        try (Postgres server = Postgres.start(); Postgres fresh = Postgres.start()) {
            server.loadShop();
            server.createUser("clerk", "pw");
            server.executeIn("shop", "CREATE TABLE lines (a TEXT)",
                    "INSERT INTO lines VALUES ('CREATE ROLE postgres;')");
            store("pgdumpall", "postgres://" + server.user() + "@127.0.0.1:" + server.port(),
                    "all-20261123-023000.sql");

            run("-- Databases", account(fresh));

            assertThat(fresh.snapshot("shop").differencesFrom(server.snapshot("shop"))).isEmpty();
            assertThat(fresh.connect("shop", "clerk", "pw").isValid(5)).isTrue();
        }
    }

    private Map<String, String> account(MariaDb server) throws IOException {
        Files.writeString(folder.resolve(".my.cnf"),
                "[client]\nprotocol=tcp\nhost=127.0.0.1\nuser=root\nport=" + server.port() + "\n");
        return Map.of("HOME", folder.toString());
    }

    private static Map<String, String> account(Postgres server) {
        return Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(server.port()), "PGUSER", server.user(),
                "PATH", System.getenv("PATH") + ":" + server.binary("createdb").getParent());
    }

    private void store(String dumper, String dsn, String name) throws Exception {
        store(dumper, dsn, name, "");
    }

    private void store(String dumper, String dsn, String name, String options) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    fromF("direct:start").toF("dump:%s?dsn=RAW(%s)&fileName=%s%s", dumper, dsn, name, options)
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
