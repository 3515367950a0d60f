package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that cannot be says so at once. */
@Timeout(60)
class ServeStartTest {

    @TempDir
    private Path folder;
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"quartz:a/b?cron=30+2+*+*+*", "quartz:a/b?cron=0+0+0+30+2+?",
            "quartz:a/b?cron=0+0+2+*+*+?&trigger.timeZone=Europe/Berln", "direct:nobody"})
    void endsAtOnceWithAConfigurationProblem(String input) throws Exception {
        Path file = Files.writeString(folder.resolve("shop.camel.yaml"), """
                - route:
                    id: shop
                    from:
                      uri: "%s"
                      steps:
                        - log: x
                """.formatted(input));

        assertThat(run("serve", file)).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was started");
    }

    @Test
    void aConfigurationWithoutAJobIsNotGood() throws Exception {
        Path file = Files.writeString(folder.resolve("shop.camel.yaml"), """
                - route:
                    id: shop
                    from:
                      uri: direct:shop
                      steps:
                        - log: x
                """);

        assertThat(run("validate", file)).isEqualTo(1);
        assertThat(err.toString()).contains("no job is in these files");
    }

    /** Each is wrong in another way: no YAML, an unknown step, endpoint, option or bean, a start that fails. */
    @ParameterizedTest
    @ValueSource(strings = {"from: {uri: \"timer:x\", steps: [", "from: {uri: \"timer:x\", steps: [{tto: \"log:x\"}]}",
            "from: {uri: \"timer:x\", steps: [{to: \"nonsense:x\"}]}", "from: {uri: \"quartz:a/b?cron=30+2+*+*+*\"}",
            "from: {uri: \"timer:x\", steps: [{bean: {ref: nobody}}]}", "from: {uri: \"timer:x?period={{no.such}}\"}",
            "from: {uri: \"timer:x\", steps: [{to: \"direct:nobody\"}]}",
            "from: {uri: \"file:/no/such/folder?autoCreate=false&startingDirectoryMustExist=true\","
                    + " steps: [{log: x}]}"})
    void aBrokenJobIsToldAndTakesNoOtherDown(String route) throws Exception {
        job("good", "from: {uri: \"timer:good?repeatCount=1&delay=1\", steps: [{setBody: {constant: x}}, {to: \"file:"
                + folder + "/ran\"}]}");
        job("broken", route);
        tellFiles();

        assertThat(serve()).isEqualTo(1);
        assertThat(folder.resolve("ran")).isNotEmptyDirectory();
        assertThat(folder.resolve("told/broken")).content().contains("broken: FAILED", "broken.camel.yaml");
        assertThat(folder.resolve("told/good")).content().contains("good: succeeded");
    }

    @Test
    void aJobThatCallsABrokenRouteIsLeftOutWithIt() throws Exception {
        job("good", "from: {uri: \"timer:good?repeatCount=1&delay=1\", steps: [{setBody: {constant: x}}, {to: \"file:"
                + folder + "/ran\"}]}");
        job("caller", "from: {uri: \"timer:caller\", steps: [{to: \"direct:keep\"}]}");
        job("keep", "from: {uri: \"direct:keep\", steps: [{to: \"storage:file:/srv?keepLst=2\"}]}");
        tellFiles();

        assertThat(serve()).isEqualTo(1);
        assertThat(folder.resolve("told/keep")).content().contains("keepLst");
        assertThat(folder.resolve("told/caller")).content().contains("no route begins with direct:keep");
        assertThat(folder.resolve("told/good")).content().contains("good: succeeded");
    }

    @Test
    void aBrokenRouteTakesNoOtherOfItsFileDown() throws Exception {
        job("both", "from: {uri: \"timer:good?repeatCount=1&delay=1\", steps: [{setBody: {constant: x}}, {to: \"file:"
                + folder + "/ran\"}]}");
        Path file = folder.resolve("both.camel.yaml");
        Files.writeString(file, "- route:\n    id: broken\n    from: {uri: \"timer:x\", steps: [{tto: x}]}\n"
                + Files.readString(file));
        tellFiles();

        assertThat(serve()).isEqualTo(1);
        assertThat(folder.resolve("told/broken")).content().contains("broken: FAILED", "both.camel.yaml:3: ");
        assertThat(folder.resolve("told/both")).content().contains("both: succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoStartup: false\n    from: {uri: \"timer:x\", steps: [{log: x}]}",
            "from: {uri: \"file:/no/such/folder?autoCreate=false&startingDirectoryMustExist=true\","
                    + " steps: [{log: x}]}"})
    void endsAtOnceWhenNothingRuns(String route) throws Exception {
        job("shop", route);
        tellFiles();

        assertThat(serve()).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was started");
    }

    private void job(String id, String route) throws IOException {
        Files.writeString(folder.resolve(id + ".camel.yaml"),
                "- route:\n    id: " + id + "\n    " + route + "\n");
    }

    /** Writes each result to a file. */
    private void tellFiles() throws IOException {
        job("notify", "from: {uri: \"direct:notify\", steps: [{setHeader: {name: CamelFileName, simple: "
                + "\"${body.job.replaceAll('.*/|[.].*', '')}\"}}, {setBody: {simple: \"result ${body}\"}},"
                + " {to: \"file:" + folder + "/told\"}]}");
    }

    private int serve() throws IOException {
        Files.writeString(folder.resolve("application.properties"), "camel.main.durationMaxSeconds = 1\n");
        return Onedump.commandLine().setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true))
                .execute("serve", "--config", folder.toString(), "--properties",
                        folder.resolve("application.properties").toString());
    }

    private int run(String command, Path file) {
        return Onedump.commandLine().setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true))
                .execute(command, "--config", file.toString());
    }
}
