package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.Hasher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whoever can name a file or answer a command cannot write to the user's terminal in our name. */
class ForeignTextTest {

    private static final String FOREIGN = "a\u001b[2J\u009b31m\n2026 INFO shop: succeeded\r\u202eb\u2066\u200b"
            + "\u2028<!channel> <https:x|y> \u0007";
    private static final String ROUTE = """
            - route:
                id: shop
                from:
                  uri: timer
                  parameters:
                    timerName: shop
                    period: 24h
                  steps:
                    - to:
                        uri: exec
                        parameters:
                          executable: %s
                    - to:
                        uri: storage
                        parameters:
                          delegate: "file:%s"
                          fileName: "shop-${header.of}.sql"
                          keepLast: 1
            """;

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsNamesInOneCleanLine() throws Exception {
        keep(FOREIGN.replace('/', ':'), "b\u0085c\u061c", "plain");

        run("list", "--job", "shop");
        run("list", "--job", "shop", "--json");
        run("prune", "--job", "shop", "--dry-run");
        run("download", "--job", "shop", "--all", "--output", folder.resolve("out").toString());
        run("download", "--job", "shop", "--output", folder.resolve("out").toString(), "--name", FOREIGN);
        run("dump", "--job", FOREIGN);

        assertThat(out + "" + err).contains("shop-plain.sql").contains("\\u001b").contains("\\u202e");
        assertClean();
    }

    @Test
    void showsNamesOfRandomCharactersInOneCleanLine() throws Exception {
        Random random = new Random(20261130);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            names.add(i + random.ints(12, 1, 0x2100).filter(c -> c != '/').collect(StringBuilder::new,
                    StringBuilder::appendCodePoint, StringBuilder::append).toString());
        }
        keep(names.toArray(String[]::new));

        run("list", "--job", "shop");

        assertThat((out + "" + err).lines()).hasSize(names.size());
        assertClean();
    }

    @Test
    void showsWhatACommandSaysInOneCleanLine() throws Exception {
        keep();
        Path answer = Files.writeString(folder.resolve("answer"), FOREIGN);
        Files.writeString(folder.resolve("tool"), "#!/bin/sh\ncat " + answer + " >&2\nexit 3\n");
        assertThat(folder.resolve("tool").toFile().setExecutable(true)).isTrue();

        run("dump", "--job", "shop");
        run("dump", "--job", "shop", "--json");

        assertThat(out + "" + err).contains("exit code 3").contains("succeeded");
        assertClean();
    }

    private void keep(String... names) throws Exception {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(folder.resolve("shop.camel.yaml"), ROUTE.formatted(folder.resolve("tool"), kept));
        for (String part : names) {
            String name = "shop-" + part + ".sql";
            Path file = Files.writeString(kept.resolve(name), name);
            if (!name.contains("\n") && !name.contains("\\") && !name.contains("\r")) {
                Files.writeString(kept.resolve(name + ".checksum"), Hasher.of(Files.newInputStream(file)).sha256()
                        + "  " + name + "\n");
            }
        }
    }

    private void assertClean() {
        for (String text : List.of(out.toString(), err.toString())) {
            assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n]]");
            assertThat(text.lines()).noneMatch(line -> line.startsWith("2026 INFO"));
        }
    }

    private void run(String command, String... arguments) {
        CommandLine line = Onedump.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all =
                new ArrayList<>(List.of(command, "--config", folder.resolve("shop.camel.yaml").toString()));
        all.addAll(List.of(arguments));
        line.execute(all.toArray(String[]::new));
    }
}
