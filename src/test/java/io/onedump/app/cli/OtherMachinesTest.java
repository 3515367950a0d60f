package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.onedump.artifact.Hasher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a job has kept on a machine that is lost is found from the one that takes over. */
class OtherMachinesTest {

    private static final String MACHINE = "onedump.test.machine";
    private static final String ROUTE = """
            - route:
                id: shop
                from:
                  uri: timer:shop?period=24h
                  steps:
                    - to: {uri: dump, parameters: {dumper: mysqldump, dsn: "mysql://root@127.0.0.1:1/shop"}}
                    - to:
                        uri: storage
                        parameters:
                          delegate: "file:%s"
                          fileName: "${sys.%s}/shop-${date:now:yyyyMMdd}.sql"
            """;

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void keep() throws IOException {
        Files.writeString(folder.resolve("shop.camel.yaml"), ROUTE.formatted(folder.resolve("kept"), MACHINE));
        for (String machine : new String[] {"alpha", "beta"}) {
            keep(machine + "/shop-20261121.sql.zst", "shop", machine);
        }
        keep("alpha/shop-20261122.sql.zst", "another job", "theirs");
    }

    @AfterEach
    void forget() {
        System.clearProperty(MACHINE);
    }

    private void keep(String path, String job, String content) throws IOException {
        Path file = folder.resolve("kept").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        String sha256 = Hasher.of(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))).sha256();
        Files.writeString(file.resolveSibling(file.getFileName() + ".checksum"),
                "# job: " + job + "\n" + sha256 + "  " + file.getFileName() + "\n");
    }

    private int run(String verb, String... more) {
        CommandLine command = Onedump.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(Stream.concat(Stream.of(verb, "--config",
                folder.toString(), "--job", "shop"), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void itsOwnComeFirst() {
        System.setProperty(MACHINE, "beta");
        assertThat(run("list")).as("%s", err).isZero();
        assertThat(out.toString().lines()).singleElement().asString().contains("beta/shop-20261121");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void othersAreListedAndNamedAndFetchedByName() {
        System.setProperty(MACHINE, "gamma");
        Path fetched = folder.resolve("out");

        assertThat(run("list")).as("%s", err).isZero();
        assertThat(out.toString()).contains("alpha/shop-20261121", "beta/shop-20261121").doesNotContain("20261122");
        assertThat(err.toString()).contains("nothing under the names that job shop makes on this machine");
        assertThat(run("download", "--output", fetched.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("on others: ").contains("alpha/shop-20261121.sql.zst").contains("--name");
        assertThat(run("download", "--output", fetched.toString(), "--name", "beta/shop-20261121.sql.zst"))
                .as("%s", err).isZero();
        assertThat(fetched.resolve("shop-20261121.sql.zst")).hasContent("beta");
    }
}
