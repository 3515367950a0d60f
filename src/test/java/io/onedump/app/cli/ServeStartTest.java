package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

    private int run(String command, Path file) {
        return Onedump.commandLine().setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true))
                .execute(command, "--config", file.toString());
    }
}
