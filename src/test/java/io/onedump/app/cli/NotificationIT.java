package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import io.onedump.servers.SlackFake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Slack webhook gets to know, and exit code 4. */
class NotificationIT {

    private Workspace workspace;
    private SlackFake slack;

    @BeforeEach
    void open(@TempDir Path folder) {
        slack = SlackFake.start();
        workspace = Workspace.in(folder).property("slack.webhook-url", slack.url().toString());
        workspace.job(StubJob.job(StubJob.good(workspace)).then(workspace.keep()));
    }

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void tellsOfSuccess() {
        workspace.property("slack.channel", "#nights").property("slack.username", "backup robot").property("slack.icon",
                "moon");
        Outcome outcome = workspace.onedump("dump").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(slack.messages()).singleElement().satisfies(message -> {
            assertThat(message.text()).startsWith(":white_check_mark: shop: succeeded").contains("stored"
                    + " file:", "sha256");
            assertThat(message.json()).contains("#nights").contains("backup robot").contains("moon");
        });
    }

    @Test
    void tellsOfFailure() {
        workspace.job(JobFile.named("sale").then(StubJob.step(StubJob.dumper(workspace, "bad").exits(3)))
                .then(workspace.keep()));
        Outcome outcome = workspace.onedump("dump", "--job", "sale").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(2);
        assertThat(slack.messages()).singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith(":x: sale: FAILED").contains("exit code"
                        + " 3"));
    }

    @Test
    void aRefusalIsLoggedAndChangesNothing() {
        slack.failNext(10, 404);
        Outcome outcome = workspace.onedump("dump").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.errors()).contains("ERROR").contains("notification of job shop failed").contains("404")
                .doesNotContain("/services/local");
    }

    @Test
    void aRefusalEndsWithFourWhereThatIsWanted() {
        slack.failNext(10, 500);
        workspace.property("notify.failFast", "true");
        Outcome outcome = workspace.onedump("dump").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(4);
        assertThat(outcome.output()).contains("shop: succeeded");
        assertThat(outcome.errors()).contains("notification of job shop failed");
        assertThat(Workspace.artifacts(workspace.kept())).containsExactly("shop.sql");
    }

    @Test
    void aFailedDumpIsWorseThanAFailedNotification() {
        slack.failNext(10, 500);
        workspace.property("notify.failFast", "true")
                .job(JobFile.named("sale").then(StubJob.step(StubJob.dumper(workspace, "bad").exits(3)))
                        .then(workspace.keep()));
        assertThat(workspace.onedump("dump", "--job", "sale").run().exitCode()).isEqualTo(2);
    }
}
