package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.StubDumper;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands print, and where they take their settings from. */
class CommandsIT {

    private Workspace workspace;

    @BeforeEach
    void open(@TempDir Path folder) {
        workspace = Workspace.in(folder);
    }

    @Test
    void printsItsVersion() {
        Outcome outcome = Invocation.of(workspace.folder(), "--version").run();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).matches("onedump \\d\\S+, Apache Camel 4\\S+, Java \\S+\\R");
    }

    @Test
    void helpsWithEveryCommand() {
        assertThat(Invocation.of(workspace.folder(), "--help").run().output())
                .contains("dump", "serve", "jobs", "validate").doesNotContain("warm-up");
        Outcome dump = Invocation.of(workspace.folder(), "dump", "--help").run();
        assertThat(dump.exitCode()).isZero();
        assertThat(dump.output()).contains("--config", "--job", "--max-jobs", "--json", "--verbose", "Exit codes: 0");
    }

    /** What fails in it is not in the launcher's cache, and then only slow. */
    @Test
    void warmsUpWithAJobThatStoresInAFolderAndInS3() {
        assertThat(Invocation.of(workspace.folder(), "warm-up").run().everything())
                .contains("warm-up: succeeded", "stored s3://warm-up/").containsOnlyOnce("FAILED");
    }

    @Test
    void saysWhichJarIsMissingWhereZstdHasNoLibrary() {
        workspace.job(JobFile.named("shop").then(StubJob.step(StubJob.good(workspace)).with("compression", "zstd"))
                .then(workspace.keep()));
        Outcome outcome = workspace.onedump("dump").env("ONEDUMP_JAVA_OPTIONS", "-Dos.arch=sparc").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(2);
        assertThat(outcome.everything()).contains("zstd has no library here for Linux on sparc",
                "add com.github.luben:zstd-jni without a classifier", "choose compression gzip");
    }

    @Test
    void listsJobsWithTheirNextTimes() throws Exception {
        workspace.job(StubJob.job(StubJob.good(workspace)).at("0 0 3 * * ? 2099").then(workspace.keep()));
        Outcome text = workspace.onedump("jobs").run();
        assertThat(text.exitCode()).as(text.everything()).isZero();
        assertThat(text.output()).contains("shop").contains("0 0 3 * * ? 2099").contains("2099-01-01T03:00")
                .contains("Test shop");
        JsonObject json = (JsonObject) Jsoner.deserialize(workspace.onedump("jobs", "--json").run().output());
        assertThat(json.getString("job")).isEqualTo("shop");
        assertThat(json.getString("next")).startsWith("2099-01-01T03:00");
    }

    @Test
    void findsGoodConfigurationsGood() {
        workspace.job(StubJob.job(StubJob.good(workspace)).then(workspace.keep()));
        Outcome outcome = workspace.onedump("validate").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.output()).contains("the configuration is good: 1 job");
        assertThat(workspace.work()).doesNotExist();
    }

    @Test
    void printsResultsAsJson() throws Exception {
        workspace.job(StubJob.job(StubJob.good(workspace)).then(workspace.keep()))
                .job(JobFile.named("sale").then(StubJob.step(StubJob.dumper(workspace, "bad").exits(1), "sale.sql"))
                        .then(workspace.keep()));
        Outcome outcome = workspace.onedump("dump", "--json").run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        List<String> lines = outcome.output().lines().sorted().toList();
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            JsonObject result = (JsonObject) Jsoner.deserialize(line);
            assertThat(result.getBoolean("ok")).isEqualTo(result.getString("job").equals("shop"));
            assertThat(result.getCollection("artifacts").isEmpty()).isEqualTo(result.getString("job").equals("sale"));
        }
    }

    @Test
    void runsNoMoreJobsAtATimeThanIsAllowed() throws Exception {
        Path marks = Files.createDirectory(workspace.folder().resolve("marks"));
        for (String id : List.of("one", "two", "three", "four")) {
            StubDumper dumper = StubJob.dumper(workspace, id + "-dumper").then("touch " + marks.resolve(id))
                    .then("ls " + marks + " | wc -l >> " + workspace.folder().resolve("at-once"))
                    .sleeps(Duration.ofMillis(700)).then("rm " + marks.resolve(id)).printsInserts(1000)
                    .prints(StubDumper.POSTGRES_TRAILER);
            workspace.job(
                    JobFile.named(id).then(StubJob.step(dumper).with("fileName", id + ".sql")).then(workspace.keep()));
        }
        Outcome outcome = workspace.onedump("dump", "--max-jobs", "2").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        try (Stream<String> counts = Files.lines(workspace.folder().resolve("at-once"))) {
            assertThat(counts.map(Integer::valueOf)).hasSize(4).contains(2).allMatch(count -> count <= 2);
        }
        assertThat(Workspace.artifacts(workspace.kept())).containsExactly("four.sql", "one.sql", "three.sql",
                "two.sql");
    }

    @Test
    void takesPropertiesFromFilesTheEnvironmentAndTheCommandLine() throws Exception {
        StubDumper dumper = StubJob.good(workspace);
        Path secret = Files.writeString(workspace.folder().resolve("secret"), StubJob.PASSWORD + "\n");
        workspace.property("from.file", "a").property("from.environment", "x")
                .job(JobFile.named("shop").then(JobFile.Step.to("dump", "dumper", "pgdump", "executable",
                        dumper.path().toString(), "dsn", "postgres://backup@127.0.0.1:1/shop",
                        "password", "RAW({{file:" + secret + "}})", "compression", "none",
                        "fileName", "{{from.file}}-{{from.environment}}-{{from.system}}-{{from.nowhere:d}}.sql"))
                        .then(workspace.keep()));
        Outcome outcome = workspace.onedump("dump").env("FROM_ENVIRONMENT", "b")
                .env("ONEDUMP_JAVA_OPTIONS", "-Dfrom.system=c").run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(Workspace.artifacts(workspace.kept())).containsExactly("a-b-c-d.sql");
        assertThat(Files.readString(dumper.optionFile())).contains(StubJob.PASSWORD);
        assertThat(Files.getPosixFilePermissions(dumper.optionFile()))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(String.join("\n", dumper.environment())).doesNotContain(StubJob.PASSWORD);
    }

    @Test
    void showsProgressOnATerminalOnly() {
        StubDumper slow = StubJob.dumper(workspace, "slow").printsInserts(3_000_000).sleeps(Duration.ofSeconds(2))
                .prints(StubDumper.POSTGRES_TRAILER);
        workspace.job(StubJob.job(slow).then(workspace.keep()));
        Invocation dump = workspace.onedump("dump");
        assertThat(dump.run().everything()).doesNotContain("dumped");
        Outcome onTerminal = dump.onTerminal().run();
        assertThat(onTerminal.output()).contains(" MB dumped").contains("/s").contains("shop: succeeded");
    }

    @Test
    void breaksLongLinesBetweenWordsOnATerminalOnly() {
        workspace.job(StubJob.job(StubJob.dumper(workspace, "short").prints(StubDumper.POSTGRES_TRAILER))
                .then(workspace.keep()));
        Invocation dump = workspace.onedump("dump");
        String broken = "(?m)^  stored [^\\n]*\\R {6}\\S";
        assertThat(dump.run().output()).contains("  stored ").doesNotContainPattern(broken);
        assertThat(dump.through("stty", "cols", "60;").onTerminal().run().output()).containsPattern(broken);
    }

    @Test
    void breaksLongLinesOfErrorsBetweenWordsOnATerminalOnly() {
        Invocation dump = workspace.onedump("dump", "--job", "a-job-that-nobody-has-written-down-anywhere-yet");
        String broken = "(?m)^--job a-job[^\\n]*\\R {4}\\S";
        assertThat(dump.run().errors()).contains("a-job-that-nobody").doesNotContainPattern(broken);
        assertThat(dump.through("stty", "cols", "60;").onTerminal().run().output()).containsPattern(broken);
    }
}
