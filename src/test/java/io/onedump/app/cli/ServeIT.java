package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.onedump.servers.StubDumper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on their schedules, and the end of the process that serves them. */
class ServeIT {

    private static final String EVERY_TWO_SECONDS = "0/2 * * * * ?";
    private static final int TERMINATED = 128 + 15;

    private Workspace workspace;

    @BeforeEach
    void open(@TempDir Path folder) {
        workspace = Workspace.in(folder);
    }

    @Test
    void runsJobsOnTheirSchedulesWhateverBecomesOfThem() {
        workspace.job(StubJob.job(StubJob.good(workspace)).at(EVERY_TWO_SECONDS).then(workspace.keep()))
                .job(JobFile.named("sale").then(StubJob.step(StubJob.dumper(workspace, "bad").exits(3), "sale.sql"))
                        .at(EVERY_TWO_SECONDS).then(workspace.keep()));
        try (RunningCommand serve = workspace.onedump("serve").start()) {
            serve.awaitPrinted(text -> count(text, "shop: succeeded") >= 2 && count(text, "sale: FAILED") >= 2);
            serve.signal("TERM");
            Outcome outcome = serve.await();
            assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(TERMINATED);
            assertThat(outcome.everything()).doesNotContain(StubJob.PASSWORD).doesNotContain("\tat ");
        }
        assertThat(Workspace.artifacts(workspace.kept())).containsExactly("shop.sql");
        assertThat(workspace.spooled()).isEmpty();
        workspace.assertNoProcess();
    }

    @Test
    void aLongRunDoesNotOverlapItself() throws Exception {
        Path log = workspace.folder().resolve("log");
        StubDumper slow = StubJob.dumper(workspace, "slow").then("echo begin >> " + log).sleeps(Duration.ofSeconds(5))
                .then("echo end >> " + log).printsInserts(1000).prints(StubDumper.POSTGRES_TRAILER);
        workspace.job(StubJob.job(slow).at("* * * * * ?").then(workspace.keep()));
        try (RunningCommand serve = workspace.onedump("serve").start()) {
            serve.awaitPrinted(text -> count(text, "shop: succeeded") >= 2);
            serve.signal("TERM");
            serve.await();
        }
        String text = Files.readString(log);
        assertThat(text).startsWith("begin\nend\nbegin\nend\n").doesNotContain("begin\nbegin");
    }

    @Test
    void letsARunFinishWhenToldToEnd() {
        StubDumper slow = StubJob.dumper(workspace, "slow").printsInserts(1000).sleeps(Duration.ofSeconds(4))
                .prints(StubDumper.POSTGRES_TRAILER);
        workspace.property("camel.main.shutdownTimeout", "60")
                .job(StubJob.job(slow).at(EVERY_TWO_SECONDS).then(workspace.keep()));
        try (RunningCommand serve = workspace.onedump("serve").start()) {
            serve.awaitPrinted(text -> text.contains("writing shop.sql"));
            serve.signal("TERM");
            Outcome outcome = serve.await();
            assertThat(outcome.everything()).contains("shop: succeeded");
        }
        assertThat(Workspace.artifacts(workspace.kept())).containsExactly("shop.sql");
        assertThat(slow.pids()).hasSize(1);
        assertThat(workspace.spooled()).isEmpty();
    }

    @Test
    void stopsARunThatDoesNotFinishInTime() {
        StubDumper endless = StubJob.dumper(workspace, "endless").printsInserts(1000).sleeps(Duration.ofMinutes(10));
        workspace.property("camel.main.shutdownTimeout", "2")
                .job(StubJob.job(endless).at(EVERY_TWO_SECONDS).then(workspace.keep()));
        try (RunningCommand serve = workspace.onedump("serve").start()) {
            serve.awaitPrinted(text -> text.contains("writing shop.sql"));
            serve.signal("TERM");
            Outcome outcome = serve.await();
            assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(TERMINATED);
            assertThat(outcome.everything()).contains("shop: FAILED").doesNotContain("\tat ");
        }
        workspace.assertNothingLeft();
    }

    private static long count(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).count();
    }
}
