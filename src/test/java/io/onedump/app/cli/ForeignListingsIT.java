package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.onedump.artifact.Hasher;
import io.onedump.servers.MemoryS3;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.SlackFake;
import io.onedump.servers.Sshd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whoever may put things beside our artifacts, on a server, says nothing in our name by what he calls them. */
@Timeout(180)
class ForeignListingsIT {

    private static final List<String> FOREIGN = List.of("a\u001b[2J\u001b]0;owned\u0007",
            "b\n2026 INFO shop: succeeded",
            "c\r\n  stored file:/all/is/well", "d<!channel> <https:evil|click> &lt;!here&gt;", "e\u202egpj.\u2066x",
            "f\u2028g\u2029h\u0085i", "j\u200bk\u00adl\ufeff", "m\u009b31m\u007f", "n\t\u0001", "o\"'`$(x)\\",
            "../../p", "q%0a%1b[2J", " ", "-rf");

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SlackFake slack;
    private int codes;

    @BeforeEach
    void listen() {
        slack = SlackFake.start();
    }

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void byS3() throws Exception {
        try (MemoryS3 server = MemoryS3.start()) {
            route("aws2-s3:b", "accessKey: " + S3Proxy.ACCESS_KEY + "\nsecretKey: " + S3Proxy.SECRET_KEY
                    + "\nregion: us-east-1\noverrideEndpoint: true\nforcePathStyle: true\nuriEndpointOverride: "
                    + server.endpoint() + "\n");
            keep((name, bytes) -> server.keep(name, bytes));

            runAll();

            assertSafe();
        }
    }

    @Test
    void bySftp() throws Exception {
        try (Sshd server = Sshd.start()) {
            route("sftp:" + server.user() + "@" + server.host() + ":" + server.port() + "/" + server.workFolder(),
                    "privateKeyFile: " + server.key().file() + "\nknownHostsFile: " + server.knownHosts() + "\n");
            keep((name, bytes) -> {
                Files.createDirectories(server.workFolder());
                Files.write(Files.createFile(server.workFolder().resolve(name.replace('/', '_'))), bytes);
            });

            runAll();

            assertSafe();
        }
    }

    /** Puts something beside our artifacts. */
    private interface Keeper {
        void keep(String name, byte[] bytes) throws IOException;
    }

    /** Each with a good sidecar, with a damaged one, and without. */
    private void keep(Keeper keeper) throws IOException {
        int number = 0;
        for (String part : FOREIGN) {
            for (String sidecar : new String[] {"good", "damaged", ""}) {
                String name = "shop-" + number++ + part + ".sql";
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                keeper.keep(name, bytes);
                if (sidecar.equals("damaged")) {
                    keeper.keep(name + ".checksum", ("# job: shop" + part + "\nnonsense " + part).getBytes(
                            StandardCharsets.UTF_8));
                } else if (!sidecar.isEmpty()) {
                    keeper.keep(name + ".checksum", ("# job: shop" + part + "\n# host: h" + part + "\n"
                            + Hasher.of(new ByteArrayInputStream(bytes)).sha256() + "  " + name + "\n")
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private void runAll() {
        run("list", "--job", "shop");
        run("prune", "--job", "shop", "--dry-run");
        run("dump", "--job", "shop");
        run("prune", "--job", "shop");
        run("download", "--job", "shop", "--all", "--output", folder.resolve("out").toString());
        run("download", "--job", "shop", "--latest", "--output", folder.resolve("out").toString());

        assertThat((out + "" + err).lines().filter(line -> line.contains("\\u001b[2J"))).as(out + "" + err)
                .isNotEmpty();
        StringWriter json = new StringWriter();
        execute(json, "list", "--job", "shop", "--json");
        execute(json, "download", "--job", "shop", "--all", "--json", "--output", folder.resolve("out2").toString());
        execute(json, "dump", "--job", "shop", "--json");
        ObjectMapper mapper = new ObjectMapper();
        assertThat(json.toString().lines()).isNotEmpty().allSatisfy(line -> assertThat(mapper.readTree(line).isObject())
                .isTrue());
        // JSON lets DEL stand for itself, which no terminal obeys.
        assertClean(json.toString().replace("\u007f", ""));
    }

    private void assertSafe() throws IOException {
        assertClean(out.toString());
        assertClean(err.toString());
        assertThat(slack.messages()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(message -> {
            assertThat(message.text()).doesNotContain("<!", "<http").contains("shop: ");
            assertClean(message.text());
        });
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile).map(path -> folder.relativize(path).getName(0).toString()))
                    .containsOnly("out", "out2", "routes", "application.properties", "tool");
        }
        assertThat(folder.getParent().resolve("p.sql")).doesNotExist();
    }

    private static void assertClean(String text) {
        assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n]]");
        assertThat(text.lines()).noneMatch(line -> line.startsWith("2026 INFO") || line.startsWith("  stored file:/all")
                || line.contains("\tat "));
    }

    private void route(String delegate, String options) throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Path tool = Files.writeString(folder.resolve("tool"), "#!/bin/sh\necho new\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Files.copy(Path.of("routes/notify.camel.yaml"), routes.resolve("notify.camel.yaml"));
        Files.writeString(folder.resolve("application.properties"), "slack.webhook-url=" + slack.url() + "\n");
        Files.writeString(routes.resolve("shop.camel.yaml"), """
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
                              executable: "%s"
                        - to:
                            uri: checksum:sha256
                        - to:
                            uri: storage
                            parameters:
                              delegate: "%s"
                              fileName: "shop-${header.of}.sql"
                              keepLast: 1
                              pruneUnverified: true
                """.formatted(tool, delegate) + options.indent(14));
    }

    private void run(String... words) {
        execute(out, words);
    }

    private void execute(StringWriter to, String... words) {
        CommandLine line = Onedump.commandLine().setOut(new PrintWriter(to, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(words[0], "--config", folder.resolve("routes").toString()));
        all.addAll(List.of(words).subList(1, words.length));
        codes = Math.max(codes, line.execute(all.toArray(String[]::new)));
    }
}
