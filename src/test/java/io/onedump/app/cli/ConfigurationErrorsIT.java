package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import io.onedump.servers.StubDumper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit code 1: what is wrong is said, all of it, and nothing is started. */
class ConfigurationErrorsIT {

    private Workspace workspace;
    private StubDumper dumper;

    @BeforeEach
    void open(@TempDir Path folder) {
        workspace = Workspace.in(folder);
        dumper = StubJob.good(workspace);
    }

    @Test
    void refusesAnUnknownOption() {
        Outcome outcome =
                refused(workspace.job(StubJob.job(dumper).then(workspace.keep())).onedump("dump", "--jop", "shop"));
        assertThat(outcome.errors()).contains("--jop").contains("--help");
    }

    @Test
    void refusesAnUnknownCommand() {
        Outcome outcome = refused(Invocation.of(workspace.folder(), "dumb"));
        assertThat(outcome.errors()).contains("dumb").contains("dump");
    }

    @Test
    void refusesAMissingCommand() {
        assertThat(refused(Invocation.of(workspace.folder())).errors()).contains("Missing required"
                + " subcommand").contains("--help");
    }

    @Test
    void refusesAMissingRouteFile() {
        String missing = workspace.routes().resolve("absent.camel.yaml").toString();
        assertThat(refused(Invocation.of(workspace.folder(), "dump", "--config", missing)).errors())
                .contains(missing).contains("--config");
    }

    @Test
    void refusesAMissingPropertiesFile() {
        workspace.job(StubJob.job(dumper).then(workspace.keep()));
        assertThat(refused(workspace.onedump("dump", "--properties", "absent.properties")).errors())
                .contains("absent.properties").contains("--properties");
    }

    @Test
    void refusesAFolderWithoutRoutes() {
        Outcome outcome = refused(Invocation.of(workspace.folder(), "dump", "--config", workspace.folder().toString()));
        assertThat(outcome.errors()).contains(workspace.folder().toString()).contains("no *.camel.yaml file");
    }

    @Test
    void refusesAnUnknownJob() {
        workspace.job(StubJob.job(dumper).then(workspace.keep()));
        assertThat(refused(workspace.onedump("dump", "--job", "shopp", "--job", "shop", "--job", "sale")).errors())
                .contains("--job shopp").contains("--job sale").contains("onedump jobs").contains("2 configuration"
                        + " problems");
    }

    @Test
    void refusesAMissingField() {
        workspace.job(JobFile.named("shop").then(to("dump", "dumper", "pgdump")).then(workspace.keep()));
        assertThat(refused(workspace.onedump("dump")).errors())
                .contains("shop.camel.yaml:").contains("route shop").contains("endpoint dump:pgdump")
                .contains("option dsn");
    }

    @Test
    void refusesAnOptionThatStorageWouldNotUse() {
        workspace.job(StubJob.job(dumper).then(workspace.keep().with("fileExist", "Append")));
        assertThat(refused(workspace.onedump("validate")).errors()).contains("route shop, endpoint storage:file:")
                .contains("option fileExist: storage does not use this option of file; an artifact always replaces");
    }

    @Test
    void refusesAnUnsetPlaceholder() {
        workspace.job(StubJob.job(dumper).then(to("storage", "delegate", "file:{{kept.folder}}")));
        assertThat(refused(workspace.onedump("dump")).errors())
                .contains("the property kept.folder is not set").contains("KEPT_FOLDER").contains("route shop");
    }

    @Test
    void refusesASecretFileThatIsNotThere() {
        workspace.job(StubJob.job(dumper).then(workspace.keep()))
                .job(JobFile.named("sale").then(StubJob.step(dumper).with("options", "{{file:/absent/secret}}")));
        assertThat(refused(workspace.onedump("dump")).errors()).contains("/absent/secret").contains("route sale");
    }

    @Test
    void reportsEveryProblemWithItsPlace() {
        workspace.append("routes/shop.camel.yaml", """
                - route:
                    id: shop
                    from:
                      uri: quartz
                      parameters:
                        groupName: backup
                        triggerName: shop
                        cron: "0 30 2 * * ?"
                      steps:
                        - to:
                            uri: dump
                            parameters:
                              dumper: mysqldump
                              dsn: mysql://backup:very-secret@127.0.0.1:1/shop
                              compresion: zstd
                        - to:
                            uri: storage
                            parameters:
                              delegate: "file:kept"
                              verify: perhaps
                """).append("routes/sale.camel.yaml", "- route:\n    id: sale\n    form:\n      uri: timer:x\n");
        Outcome outcome = refused(workspace.onedump("dump", "--job", "shop"));
        assertThat(outcome.errors())
                .contains("shop.camel.yaml:15: route shop, endpoint dump:mysqldump, option compresion: unknown option")
                .contains("shop.camel.yaml:20: route shop, endpoint storage:file:kept, option verify: 'perhaps'")
                .contains("sale.camel.yaml:3").contains("form")
                .contains("3 configuration problems; nothing was started")
                .doesNotContain("very-secret");
    }

    @Test
    void validateAndServeRefuseTheSame() {
        workspace.job(StubJob.job(dumper).then(to("storage", "delegate", "fiel:kept")));
        for (String command : new String[] {"validate", "serve", "jobs"}) {
            assertThat(refused(workspace.onedump(command)).errors()).as(command)
                    .contains("there is no Camel component 'fiel'").contains("1 configuration problem; nothing was"
                            + " started");
        }
    }

    private Outcome refused(Invocation invocation) {
        Outcome outcome = invocation.run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).doesNotContain("\tat ").doesNotContain(StubJob.PASSWORD);
        assertThat(dumper.pids()).isEmpty();
        workspace.assertNothingLeft();
        assertThat(workspace.work()).as(outcome.everything()).doesNotExist();
        return outcome;
    }
}
