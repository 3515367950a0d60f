package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesCheckTest {

    private static final String ROUTE = "- route:\n    id: shop\n    from:\n      uri: timer:x\n      steps:\n"
            + "        - log: \"{{shop.password}} {{?shop.note}} ${properties:shop.text} {{slack.channel:#a}}\"\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "onedump.jobs.parallel = many | property onedump.jobs.parallel: 'many' is not a whole number of at least 1",
            "onedump.jobs.parallel = 0 | 'is not a whole number of at least 1'",
            "onedump.jobs.parallel = | 'is not a whole number of at least 1'",
            "onedump.jobs.paralel = 3 | nothing reads it; did you mean onedump.jobs.parallel?",
            "onedump.workdirectory = /x | did you mean onedump.work-directory?",
            "onedump.colour = red | nothing reads it; there are",
            "onedump.work-directory = /etc/passwd/x | /etc/passwd is a file where a folder is needed",
            "onedump.exec-environment = A B;C | is not a list of variables",
            "notify.failFast = yess | is not true or false",
            "notify.failfast = true | did you mean notify.failFast?",
            "retry.storage.attempts = five | 'five' is not a whole number",
            "retry.storage.delay = 2s | is not a whole number of milliseconds",
            "retry.storage.multiplier = twice | is not a number such as 2",
            "retry.conect.attempts = 3 | did you mean retry.connect.attempts?",
            "slack.webhook = https://x | nothing reads it; there are",
            "shop.pasword = x | nothing reads it; did you mean shop.password?",
            "camel.main.shutdwonTimeout = 3 | Camel has no such property; did you mean camel.main.shutdownTimeout?",
            "camel.main.shutdownTimeout = soon | 'soon' is not a whole number",
            "camel.main.streamCachingEnabled = maybe | 'maybe' is not true or false"})
    void tellsOfAPropertyWithItsLine(String line, String message) throws IOException {
        assertThat(problems("# a comment\n\n" + line + "\n")).singleElement().satisfies(problem -> {
            assertThat(problem.file()).endsWith("application.properties");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"onedump.jobs.parallel = 4", "onedump.jobs.parallel = {{jobs:4}}",
            "onedump.exec-environment = AWS_*, RESTIC_PASSWORD_FILE", "notify.failFast = true", "notify.failFast =",
            "retry.connect.attempts = -1", "retry.storage.multiplier = 1.5", "camel.main.shutdownTimeout = 300",
            "camel.main.name = nightly", "camel.component.quartz.scheduler-name = x", "my.note = anything",
            "shop.note = x", "shop.text = x", "slack.webhook-url ="})
    void saysNothingOfAGoodOne(String line) throws IOException {
        assertThat(problems("shop.password = x\n" + line + "\n")).isEmpty();
    }

    @Test
    void looksIntoTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("application.properties"), "");
        assertThat(check(Map.of("ONEDUMP_JOBS_PARALLEL", "many", "ONEDUMP_MEMORY", "-Xmx1g")).problems(true))
                .singleElement().asString().contains("variable ONEDUMP_JOBS_PARALLEL: 'many'");
    }

    /** A backup is not left undone because of a name that nobody reads. */
    @Test
    void aRunIsStoppedByValuesOnly() throws IOException {
        Files.writeString(folder.resolve("application.properties"),
                "onedump.jobs.paralel = 3\nonedump.jobs.parallel = 0\n");

        assertThat(check(Map.of()).problems(false)).singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(2));
    }

    @Test
    void namesWhatCamelWouldRefuseSoThatItHidesNothing() throws IOException {
        Files.writeString(folder.resolve("application.properties"),
                "camel.main.nonsense = 3\ncamel.main.name = x\n");
        PropertiesCheck check = check(Map.of());

        assertThat(check.problems(true)).hasSize(1);
        assertThat(check.wrong()).containsExactly("camel.main.nonsense");
    }

    private List<Problem> problems(String properties) throws IOException {
        Files.writeString(folder.resolve("application.properties"), properties);
        return check(Map.of()).problems(true);
    }

    private PropertiesCheck check(Map<String, String> environment) {
        return new PropertiesCheck(new Configuration("routes",
                List.of(new RouteFile("shop.camel.yaml", ROUTE.getBytes(StandardCharsets.UTF_8))),
                List.of(folder.resolve("application.properties"))), environment);
    }
}
