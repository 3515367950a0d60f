package io.onedump.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.RouteFiles;
import io.onedump.app.run.Application;
import io.onedump.app.run.BinlogJob;
import io.onedump.job.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However a route names its storage and wherever it stands, every command finds it. */
class JobShapesTest {

    private static final String ROUTE = """
            - route:
                id: shop
                from:
                  uri: "%s"
                  steps:
                    - setBody:
                        constant: dump
            %s
            - route:
                id: keep
                from:
                  uri: direct:keep
                  steps:
                    - to: "storage:file:{{kept}}?keepLast=1&fileName=shop-${date:now:yyyyMMdd}.sql"
            """;

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void keepTwo() throws Exception {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        for (String name : new String[] {"shop-20261121.sql", "shop-20261122.sql"}) {
            Files.writeString(kept.resolve(name), name);
            Files.writeString(kept.resolve(name + ".checksum"), sha256(name) + "  " + name + "\n");
            Files.setLastModifiedTime(kept.resolve(name), FileTime
                    .from(Instant.parse("2026-11-2" + name.charAt(12) + "T02:30:00Z")));
        }
        Files.writeString(folder.resolve("application.properties"), """
                kept=%s
                site=berlin
                store.berlin=storage:file:%s
                shop.storage=storage:file:%s?keepLast=1&fileName=shop-${date:now:yyyyMMdd}.sql
                shop.schedule=timer:shop?period=24h
                """.formatted(kept, kept, kept));
    }

    static Stream<Arguments> shapes() {
        String storage = "storage:file:{{kept}}?keepLast=1&fileName=shop-${date:now:yyyyMMdd}.sql";
        return Stream.of(
                Arguments.of("parameters", """
                        - to:
                            uri: storage
                            parameters:
                              delegate: "file:{{kept}}"
                              keepLast: 1
                              fileName: "shop-${date:now:yyyyMMdd}.sql"
                        """),
                Arguments.of("a query", "- to: \"" + storage + "\""),
                Arguments.of("slashes",
                        "- to: \"storage://file:{{kept}}?keepLast=1&fileName=shop-${date:now:yyyyMMdd}.sql\""),
                Arguments.of("a placeholder for all of it", "- to: \"{{shop.storage}}\""),
                Arguments.of("a placeholder for its scheme",
                        "- to: \"{{scheme:storage}}:file:{{kept}}?keepLast=1&fileName=shop-${date:now:yyyyMMdd}.sql\""),
                Arguments.of("a placeholder for its delegate", """
                        - to:
                            uri: storage
                            parameters:
                              delegate: "{{place:file:FOLDER}}"
                              keepLast: 1
                              fileName: "shop-${date:now:yyyyMMdd}.sql"
                        """),
                Arguments.of("nested placeholders",
                        "- to: \"{{store.{{site}}}}?keepLast=1&fileName=shop-${date:now:yyyyMMdd}.sql\""),
                Arguments.of("an optional placeholder",
                        "- to: \"storage:file:{{kept}}?keepLast=1&keepDaily={{?daily}}"
                                + "&fileName=shop-${date:now:yyyyMMdd}.sql\""),
                Arguments.of("when", """
                        - choice:
                            when:
                              - simple: "${body} == 'dump'"
                                steps:
                                  - to: "STORAGE"
                        """),
                Arguments.of("otherwise", """
                        - choice:
                            when:
                              - simple: "${body} == 'other'"
                                steps:
                                  - stop: {}
                            otherwise:
                              steps:
                                - to: "STORAGE"
                        """),
                Arguments.of("doTry", """
                        - doTry:
                            steps:
                              - to: "STORAGE"
                            doCatch:
                              - exception: java.lang.Exception
                                steps:
                                  - stop: {}
                        """),
                Arguments.of("doCatch", """
                        - doTry:
                            steps:
                              - log: x
                            doCatch:
                              - exception: java.lang.Exception
                                steps:
                                  - to: "STORAGE"
                        """),
                Arguments.of("doFinally", """
                        - doTry:
                            steps:
                              - log: x
                            doFinally:
                              steps:
                                - to: "STORAGE"
                        """),
                Arguments.of("multicast", """
                        - multicast:
                            parallelProcessing: "true"
                            steps:
                              - log: x
                              - to: "STORAGE"
                        """),
                Arguments.of("filter in split", """
                        - split:
                            simple: "${body}"
                            steps:
                              - filter:
                                  simple: "${body} != 'x'"
                                  steps:
                                    - to: "STORAGE"
                        """),
                Arguments.of("onFallback", """
                        - circuitBreaker:
                            steps:
                              - log: x
                            onFallback:
                              steps:
                                - to: "STORAGE"
                        """),
                Arguments.of("toD", "- toD: \"STORAGE\""),
                Arguments.of("toD with an expression",
                        "- toD: \"STORAGE\""),
                Arguments.of("wireTap", """
                        - wireTap:
                            uri: "STORAGE"
                        """),
                Arguments.of("enrich", """
                        - enrich:
                            constant: "STORAGE"
                        """),
                Arguments.of("recipientList", """
                        - recipientList:
                            constant: "log:x,STORAGE"
                        """),
                Arguments.of("a route that it calls", "- to: direct:keep"),
                Arguments.of("a route that it taps", """
                        - wireTap:
                            uri: direct
                            parameters:
                              name: keep
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void everyCommandFindsTheStorage(String name, String step) throws Exception {
        write(step.replace("STORAGE", "storage:file:{{kept}}?keepLast=1&fileName=shop-${date:now:yyyyMMdd}.sql")
                .replace("FOLDER", folder.resolve("kept").toString()));

        assertThat(run("validate")).as("validate: %s", err).isZero();
        assertThat(run("list", "--job", "shop", "--json")).as("list: %s", err).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("shop-2026112"))).as("list").hasSize(2);
        assertThat(run("download", "--job", "shop", "--output", folder.resolve("out").toString()))
                .as("download: %s", err).isZero();
        assertThat(folder.resolve("out/shop-20261122.sql")).exists();
        assertThat(run("prune", "--job", "shop", "--dry-run")).as("prune: %s", err).isZero();
        assertThat(out.toString()).contains("would remove");
        assertThat(jobs()).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo("shop");
            assertThat(job.schemes()).contains("storage");
        });
        assertThat(run("jobs")).as("jobs: %s", err).isZero();
        assertThat(out.toString()).contains("shop").contains("every 1d");
    }

    @Test
    void aRouteWhoseScheduleIsAPlaceholderIsAJob() throws Exception {
        write("{{shop.schedule}}", "- to: direct:keep");

        assertThat(run("jobs")).as("jobs: %s", err).isZero();
        assertThat(out.toString()).contains("shop").contains("every 1d");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void whatIsWrongWithTheStorageIsFound(String name, String step) throws Exception {
        write(step.replace("STORAGE", "storage:file:{{kept}}?keepLast=many").replace("keepLast=1", "keepLast=many")
                .replace("keepLast: 1", "keepLast: many").replace("FOLDER", folder.resolve("kept").toString()));
        if (name.contains("route")) {
            Files.writeString(folder.resolve("shop.camel.yaml"),
                    Files.readString(folder.resolve("shop.camel.yaml")).replace("keepLast=1", "keepLast=many"));
        }
        Files.writeString(folder.resolve("application.properties"),
                Files.readString(folder.resolve("application.properties")).replace("keepLast=1", "keepLast=many"));

        assertThat(run("validate")).as("validate: %s", err).isEqualTo(1);
        assertThat(err.toString()).contains("keepLast").contains("'many'");
    }

    static Stream<Arguments> archives() {
        return Stream.of(Arguments.of("input", "binlog:?BINLOG", "- log: x"),
                Arguments.of("a placeholder", "{{archive}}", "- log: x"),
                Arguments.of("a step", "timer:x?period=24h", "- to: \"binlog:?BINLOG\""),
                Arguments.of("a choice", "timer:x?period=24h", """
                        - choice:
                            when:
                              - simple: "${body} == 'dump'"
                                steps:
                                  - to: "binlog:?BINLOG"
                        """),
                Arguments.of("doFinally", "timer:x?period=24h", """
                        - doTry:
                            steps:
                              - log: x
                            doFinally:
                              steps:
                                - to: "binlog:?BINLOG"
                        """),
                Arguments.of("toD", "timer:x?period=24h", "- toD: \"binlog:?BINLOG\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void theBinlogCommandsFindTheArchive(String name, String input, String step) throws Exception {
        String options = "dsn=mysql://a@127.0.0.1:1&storage=file:{{kept}}&spoolDirectory=" + folder
                + "/spool&compressionLevel={{?level}}";
        write("{{shop.schedule}}", step.replace("?BINLOG", "archive?" + options));
        Files.writeString(folder.resolve("application.properties"),
                Files.readString(folder.resolve("application.properties")).replaceFirst("(?m)^shop.schedule=.*$", "")
                        + "shop.schedule=" + input.replace("?BINLOG", "archive?" + options)
                        + "\narchive=binlog:archive?"
                        + options + "\n");

        try (BinlogJob job = BinlogJob.of(configuration(), "shop")) {
            assertThat(job.endpoint().server()).isNotNull();
        }
    }

    /** Without what it starts from its steps would work on nothing, and succeed. */
    @ParameterizedTest
    @CsvSource("file:inbox, onedump serve")
    void aJobThatDoesNotStartFromAScheduleIsNotRunAlone(String input, String command) throws Exception {
        write(input, "- log: x");
        Path file = folder.resolve("shop.camel.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("id: shop", "id: shop\n    group: job"));

        assertThat(run("dump", "--job", "shop")).isEqualTo(1);
        assertThat(err.toString()).contains(command);
    }

    /** The server of which cannot be reached: the job was run, and not refused. */
    @Test
    void aJobThatStartsFromAnArchiveArchives() throws Exception {
        write("binlog:archive?dsn=mysql://a@127.0.0.1:1&attempts=1&storage=file:" + folder.resolve("k")
                + "&spoolDirectory=" + folder.resolve("s"), "- log: x");
        Path file = folder.resolve("shop.camel.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("id: shop", "id: shop\n    group: job"));

        assertThat(run("dump", "--job", "shop")).isEqualTo(2);
        assertThat(out.toString()).contains("\"ok\":false", "Connection refused");
    }

    @Test
    void aStorageWhosePlaceOnlyTheRunKnowsIsNamed() throws Exception {
        write("- toD: \"storage:file:/srv/${header.customer}\"");

        assertThat(run("list", "--job", "shop")).isEqualTo(1);
        assertThat(err.toString()).contains("storage:file:/srv/${header.customer}")
                .contains("is known only while the job runs");
    }

    private static String sha256(String content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
    }

    private void write(String step) throws Exception {
        write("timer:shop?period=24h", step);
    }

    private void write(String input, String step) throws Exception {
        Files.writeString(folder.resolve("shop.camel.yaml"), ROUTE.formatted(input, step.indent(8).stripTrailing()));
    }

    private Set<Job> jobs() {
        try (Application application = Application.unscheduled(configuration(), Set.of())) {
            application.read();
            return Set.copyOf(application.jobs());
        }
    }

    private Configuration configuration() {
        return new Configuration("test", RouteFiles.find(folder.resolve("shop.camel.yaml").toString()),
                List.of(folder.resolve("application.properties")));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Stream.concat(Stream.of(arguments),
                Stream.of("--config", folder.resolve("shop.camel.yaml").toString(), "--properties",
                        folder.resolve("application.properties").toString()))
                .toArray(String[]::new);
        return Onedump.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
