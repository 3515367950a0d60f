package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SlackFake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped job that digests the slow log of a MariaDB that is at work, to a storage and to Slack. */
class SlowLogJobIT {

    private static final String JOB = "slow-queries.camel.yaml";

    /** A row of the page: the fingerprint in its title, and after the query time the calls. */
    private static final Pattern CALLS =
            Pattern.compile("class=\"item\" title=\"([^\"]*)\".*?class=\"share\".*?</td><td data-v=\"(\\d+)");

    private Workspace workspace;
    private SlackFake slack;
    private MariaDb server;
    private Path log;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        slack = SlackFake.start();
        workspace = Workspace.in(folder).property("slow.folder", folder.resolve("kept").toString())
                .property("slow.bookmark", folder.resolve("slow.bookmark").toString())
                .property("slack.webhook-url", slack.url().toString());
        Files.copy(Distribution.home().resolve("routes").resolve(JOB), workspace.routes().resolve(JOB));
        server = MariaDb.start("--slow-query-log=1", "--slow-query-log-file=slow.log", "--long-query-time=0.1",
                "--log-slow-verbosity=full");
        log = server.dataDir().resolve("slow.log");
        workspace.property("slow.log", log.toString());
    }

    @AfterEach
    void close() {
        server.close();
        slack.close();
    }

    private Outcome digest() {
        return workspace.onedump("dump", "--job", "slow-queries").run();
    }

    private String lastPage() {
        List<String> pages = Workspace.artifacts(workspace.kept());
        return page(pages.get(pages.size() - 1));
    }

    private String page(String name) {
        try {
            return Files.readString(workspace.kept().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> digests() {
        return slack.messages().stream().map(SlackFake.Message::text).filter(text -> text.contains("Slow queries"))
                .toList();
    }

    @Test
    void digestsEachSlowStatementOnceToTheStorageAndToSlack() throws Exception {
        server.execute("SELECT SLEEP(0.2), 'a secret'");
        Outcome first = digest();
        assertThat(first.exitCode()).as(first.everything()).isZero();
        assertThat(lastPage()).contains("<!DOCTYPE html>", "select sleep(?), ?").doesNotContain("a secret");
        assertThat(digests()).singleElement().satisfies(text -> assertThat(text).contains("1 events in 1 classes"));

        server.execute("DO SLEEP(0.3)");
        Outcome second = digest();
        assertThat(second.exitCode()).as(second.everything()).isZero();
        assertThat(lastPage()).contains("do sleep(?)").doesNotContain("select sleep(?)");
        assertThat(digests()).hasSize(2);
    }

    /** As logrotate does it: rename, then FLUSH SLOW LOGS; each run has the rest of the old file and the new one. */
    @Test
    void digestsEachStatementOnceOverRotations() throws Exception {
        server.execute("SELECT SLEEP(0.12) AS a");
        assertThat(statementsOfARun()).containsExactly("select sleep(?) as a");

        server.execute("SELECT SLEEP(0.12) AS b");
        rotate();
        server.execute("SELECT SLEEP(0.12) AS d");
        assertThat(statementsOfARun()).containsExactly("select sleep(?) as b", "select sleep(?) as c", "select"
                + " sleep(?) as d");

        rotate();
        rotate();
        server.execute("SELECT SLEEP(0.12) AS d");
        assertThat(statementsOfARun()).containsExactly("select sleep(?) as c", "select sleep(?) as c", "select"
                + " sleep(?) as d");
        assertThat(statementsOfARun()).isEmpty();
    }

    @Test
    void digestsEachStatementOnceOnASchedule() throws Exception {
        Path job = workspace.routes().resolve(JOB);
        Files.writeString(job, Files.readString(job).replace("0 0 7 * * ?", "* * * * * ?")
                .replace("autoStartup: false", "autoStartup: true").replace("HHmmss", "HHmmssSSS"));
        try (RunningCommand serve = workspace.onedump("serve").start()) {
            for (int round = 0; round < 3; round++) {
                int runs = 1 + 2 * round;
                serve.awaitPrinted(text -> text.split("slow-queries: succeeded", -1).length > runs);
                server.execute("SELECT SLEEP(0.12) AS a");
                rotate();
                server.execute("SELECT SLEEP(0.12) AS d");
            }
            server.execute("SELECT SLEEP(0.12) AS last");
            await().until(() -> statements().contains("select sleep(?) as last"));
            serve.signal("TERM");
            serve.await();
        }
        assertThat(statements()).containsExactly(Stream.of("a", "a", "a", "c", "c", "c", "d", "d", "d", "last")
                .map(name -> "select sleep(?) as " + name).toArray(String[]::new));
    }

    private void rotate() throws Exception {
        Path first = log.resolveSibling("slow.log.1");
        if (Files.exists(first)) {
            Files.move(first, log.resolveSibling("slow.log.2"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(log, first);
        server.execute("SELECT SLEEP(0.12) AS c");
        server.execute("FLUSH SLOW LOGS");
    }

    /** The statements that one run has digested, as often as they were called. */
    private List<String> statementsOfARun() {
        Outcome outcome = digest();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        return statements(lastPage()).sorted().toList();
    }

    /** The statements of all pages. */
    private List<String> statements() {
        return Workspace.artifacts(workspace.kept()).stream().map(this::page).flatMap(SlowLogJobIT::statements).sorted()
                .toList();
    }

    private static Stream<String> statements(String page) {
        return CALLS.matcher(page).results()
                .flatMap(row -> Stream.generate(() -> row.group(1)).limit(Long.parseLong(row.group(2))));
    }

    @Test
    void failsWithTheReasonWhenThereIsNoLog() {
        workspace.property("slow.log", log.resolveSibling("other.log").toString());
        Outcome outcome = digest();
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(2);
        assertThat(outcome.everything()).contains("other.log: no such file");
        assertThat(Workspace.files(workspace.kept())).isEmpty();
    }
}
