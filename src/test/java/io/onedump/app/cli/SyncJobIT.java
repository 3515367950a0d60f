package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.docs.Page;
import io.onedump.servers.SlackFake;
import io.onedump.servers.Sshd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped job that sends a folder, to an SFTP server, and tells Slack. */
class SyncJobIT {

    private static final String JOB = "documents.camel.yaml";
    private static final String EXAMPLE = Page.of("docs/sync.md").blocks("yaml").get(0);

    private Workspace workspace;
    private SlackFake slack;
    private Sshd server;
    private Path source;
    private Path target;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        slack = SlackFake.start();
        server = Sshd.start();
        source = Files.createDirectory(folder.resolve("documents"));
        target = server.workFolder().resolve("documents");
        workspace = Workspace.in(folder).property("documents.folder", source.toString())
                .property("documents.storage",
                        "storage:sftp:" + server.user() + "@" + server.host() + ":" + server.port() + "/"
                                + target + "?privateKeyFile=" + server.key().file() + "&knownHostsFile="
                                + server.knownHosts())
                .property("onedump.state-directory", folder.resolve("state").toString())
                .property("slack.webhook-url", slack.url().toString());
        Files.writeString(workspace.routes().resolve(JOB), EXAMPLE);
    }

    @AfterEach
    void close() {
        server.close();
        slack.close();
    }

    private Outcome sync() {
        return workspace.onedump("sync", "--job", "documents").run();
    }

    private List<String> summaries() {
        return slack.messages().stream().map(SlackFake.Message::text).filter(text -> text.startsWith("Documents:"))
                .toList();
    }

    @Test
    void isTheExampleOfItsPage() {
        assertThat(Distribution.home().resolve("routes").resolve(JOB)).hasContent(EXAMPLE);
    }

    @Test
    void sendsWhatIsNewAndTellsSlackOnlyThen() throws IOException {
        Files.writeString(source.resolve("letter"), "content");
        Files.writeString(source.resolve("draft.tmp"), "content");
        Outcome first = sync();
        assertThat(first.exitCode()).as(first.everything()).isZero();
        assertThat(first.output()).contains("sent 1 of 1 files");
        assertThat(Workspace.files(target)).containsExactly("letter");
        assertThat(summaries()).containsExactly("Documents: 1 files (7 bytes) sent, 0 unchanged, 0 deleted");

        Outcome second = sync();
        assertThat(second.exitCode()).as(second.everything()).isZero();
        assertThat(second.output()).contains("sent 0 of 1 files", "1 unchanged");
        assertThat(summaries()).hasSize(1);
    }

    @Test
    void deletesNothingWhenTheSourceWasWiped() throws IOException {
        workspace.property("documents.delete", "true").property("documents.max-delete", "1");
        for (String name : List.of("one", "two", "three")) {
            Files.writeString(source.resolve(name), name);
        }
        assertThat(sync().exitCode()).isZero();
        Files.delete(source.resolve("one"));
        assertThat(sync().output()).contains("1 deleted");
        assertThat(Workspace.files(target)).containsExactly("three", "two");

        Files.delete(source.resolve("two"));
        Files.delete(source.resolve("three"));
        Outcome wiped = sync();
        assertThat(wiped.exitCode()).as(wiped.everything()).isEqualTo(3);
        assertThat(wiped.everything()).contains("refused to delete 2 of 2 files", "limit of 1");
        assertThat(Workspace.files(target)).containsExactly("three", "two");
        assertThat(slack.messages()).anySatisfy(message -> assertThat(message.text()).contains("refused to delete"));
    }
}
