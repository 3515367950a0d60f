package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsCommandTest {

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Clocks go forward in Berlin within every year. */
    @Test
    void tellsOfTheRunThatTheClocksSkip() throws IOException {
        job("berlin", "Europe/Berlin", "true");
        job("off", "Europe/Berlin", "false");
        job("utc", "UTC", "true");

        assertThat(run("jobs", "--json")).as("%s", err).isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(line("berlin"))
                .matches(".*\"warnings\":\\[\"\\d{4}-03-\\d\\dT02:30 does not exist in Europe.*\"].*");
        assertThat(line("off")).doesNotContain("warnings").contains("\"enabled\":false");
        assertThat(line("utc")).doesNotContain("warnings");

        assertThat(run("validate")).as("%s", err).isZero();
        assertThat(err.toString().lines()).singleElement().asString().startsWith("warning: job berlin: ");
    }

    @Test
    void listsTheGoodJobsBesideOnesThatAreBroken() throws IOException {
        job("good", "UTC", "true");
        job("mars", "Mars/X", "true");
        Files.writeString(folder.resolve("nothing.camel.yaml"), """
                - route:
                    id: nothing
                    from:
                      uri: timer:nothing
                      steps:
                        - to: dump:mysqldump?dsn=mysql://u@db/shop&password={{no.such}}
                """);

        assertThat(run("jobs")).isEqualTo(1);
        assertThat(out.toString().lines()).singleElement().asString().startsWith("good ");
        assertThat(err.toString()).contains("mars.camel.yaml").contains("Mars/X").contains("nothing.camel.yaml")
                .contains("no.such").doesNotContain("nothing was started");
    }

    @Test
    void warnsOfWhatAJobWouldReadAndIsNotHere() throws IOException {
        Files.createDirectory(folder.resolve("here"));
        Files.writeString(folder.resolve("reads.camel.yaml"), """
                - route:
                    id: reads
                    from:
                      uri: timer:reads
                      steps:
                        - to: {uri: "slowlog:text", parameters: {path: "HERE,HERE/slow.log"}}
                        - to: {uri: "sync:HERE", parameters: {storage: "storage:file:HERE-kept"}}
                        - to: {uri: "sync:HERE/documents", parameters: {storage: "storage:file:HERE-kept/2"}}
                """.replace("HERE", folder.resolve("here").toString()));

        assertThat(run("validate")).as("%s", err).isZero();
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("warning: "))
                .anyMatch(line -> line.contains("option path: ") && line.contains("here/slow.log is not on this"))
                .anyMatch(line -> line.contains("option source: ") && line.contains("here/documents is not on this"));
    }

    @Test
    void listsNothingWhenAllAreBroken() throws IOException {
        job("mars", "Mars/X", "true");

        assertThat(run("jobs")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Mars/X");
    }

    private String line(String job) {
        return out.toString().lines().filter(line -> line.contains("\"job\":\"" + job + "\"")).findFirst()
                .orElseThrow();
    }

    private void job(String id, String zone, String starts) throws IOException {
        Files.writeString(folder.resolve(id + ".camel.yaml"), """
                - route:
                    id: %s
                    description: Says something at night.
                    autoStartup: "%s"
                    from:
                      uri: quartz
                      parameters:
                        groupName: a
                        triggerName: %s
                        cron: "0 30 2 * * ?"
                        trigger.timeZone: %s
                      steps:
                        - log: x
                """.formatted(id, starts, id, zone));
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Stream.concat(Stream.of(words),
                Stream.of("--config", folder.toString())).toArray(String[]::new);
        return Onedump.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
