package io.onedump.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import io.onedump.servers.SlackFake;
import io.onedump.servers.StubDumper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a password is made of and wherever it stands, the tool gets it, and nobody else sees any of it. */
class SecretsIT {

    /** The ends show in any output that shows a part of it. */
    private static final String SECRET = "tr0ub4dor{{ }} {{x}} )& $simple{x} ${body} RAW( +%25&?#:@/ \\\" '` \\\\ ü😀"
            + " \u202e a && b {{?y}}c0rrecthorse\\";
    private static final String ROUTES = """
            - route:
                id: dumped
                from:
                  uri: timer
                  parameters: {timerName: dumped, period: 24h}
                  steps:
                    - to:
                        uri: dump
                        parameters:
                          dumper: pgdump
                          executable: FOLDER/tool
                          dsn: postgres://backup@127.0.0.1:1/shop
                          password: VALUE
                          options: VALUE_OPTIONS
                    - to:
                        uri: storage
                        parameters: {delegate: "file:FOLDER/kept"}
            - route:
                id: run
                from:
                  uri: timer
                  parameters: {timerName: run, period: 24h}
                  steps:
                    - to:
                        uri: exec
                        parameters:
                          executable: FOLDER/args
                          args: "--where=\\"n='A+'\\" DOMAIN\\\\user a && b 100% c?d=e"
                    - to:
                        uri: storage
                        parameters: {delegate: "file:FOLDER/kept"}
            - route:
                id: lost
                from:
                  uri: timer
                  parameters: {timerName: lost, period: 24h}
                  steps:
                    - to:
                        uri: dump
                        parameters:
                          dumper: mysqldump
                          dsn: mysql://backup@127.0.0.1:1/shop
                          password: VALUE
                    - to:
                        uri: storage
                        parameters:
                          delegate: aws2-s3:bucket
                          region: eu-central-1
                          accessKey: VALUE
                          secretKey: VALUE
            """;

    /** Where it stands. */
    enum Way {
        ROUTE,
        PROPERTY,
        FILE,
        ENVIRONMENT,
        PROPERTY_OF_THE_ENVIRONMENT
    }

    @ParameterizedTest
    @EnumSource
    void reachTheToolAndNobodyElse(Way way, @TempDir Path folder) throws Exception {
        Workspace workspace = Workspace.in(folder);
        // A route's own text has placeholders by its author's wish.
        String secret = way == Way.ROUTE ? SECRET.replace("{{", "{ {") : SECRET;
        try (SlackFake slack = SlackFake.start()) {
            workspace.property("slack.webhook-url", slack.url().toString());
            tools(folder);
            workspace.append("routes/secrets.camel.yaml", ROUTES.replace("VALUE_OPTIONS", "\"--table=a+b\"")
                    .replace("VALUE", value(way, secret, workspace)).replace("FOLDER", folder.toString()));

            for (String[] command : List.of(new String[] {"validate"}, new String[] {"jobs", "--json"},
                    new String[] {"dump", "--verbose"})) {
                Outcome outcome = workspace.onedump(command).env("SECRET_WORD", secret).run();

                assertThat(outcome.exitCode()).as(outcome.everything()).isIn(0, 2);
                assertThat(outcome.everything()).as(String.join(" ", command)).doesNotContain("tr0ub4dor",
                        "c0rrecthorse");
            }
            assertThat(slack.messages()).isNotEmpty().allSatisfy(message -> assertThat(message.json())
                    .doesNotContain("tr0ub4dor", "c0rrecthorse"));
        }
        assertThat(Files.readString(folder.resolve("arrived")))
                .isEqualTo("*:*:*:*:" + secret.replaceAll("([:\\\\])", "\\\\$1") + "\n");
        assertThat(folder.resolve("options")).content().contains("--table=a+b\n");
        assertThat(Files.readAllLines(folder.resolve("words"))).startsWith("--where=n='A+'", "DOMAIN\\user", "a",
                "&&", "b", "100%", "c?d=e");
    }

    private static String value(Way way, String secret, Workspace workspace) throws IOException {
        return switch (way) {
            case ROUTE -> "\"" + secret.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case PROPERTY -> {
                workspace.append("application.properties", "shop.password = " + secret.chars()
                        .mapToObj(unit -> String.format("\\u%04x", unit)).collect(Collectors.joining()) + "\n");
                yield "\"{{shop.password}}\"";
            }
            case FILE -> "\"{{file:" + Files.writeString(workspace.folder().resolve("secret"), secret + "\n") + "}}\"";
            case ENVIRONMENT -> "\"{{env:SECRET_WORD}}\"";
            case PROPERTY_OF_THE_ENVIRONMENT -> "\"{{secret.word}}\"";
        };
    }

    /** One that tells what it was told, also where everybody can read it. */
    private static void tools(Path folder) throws IOException {
        script(folder.resolve("tool"), "cp \"$PGPASSFILE\" " + folder.resolve("arrived") + "\n"
                + "printf '%s\\n' \"$@\" > " + folder.resolve("options") + "\n"
                + "sed 's/^[*]:[*]:[*]:[*]://; s/\\\\\\([:\\\\]\\)/\\1/g' \"$PGPASSFILE\" >&2\n"
                + "cat <<'END'\nSELECT 1;\n" + StubDumper.POSTGRES_TRAILER + "\nEND\n");
        script(folder.resolve("args"), "printf '%s\\n' \"$@\" | tee " + folder.resolve("words") + "\n");
    }

    private static void script(Path file, String body) throws IOException {
        Files.write(file, ("#!/bin/sh\n" + body).getBytes(UTF_8));
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
