package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static io.onedump.app.cli.Workspace.assertUnseen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.encrypt.age.NewIdentity;
import io.onedump.servers.MariaDb;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.SmallDisk;
import io.onedump.servers.Sshd;
import io.onedump.servers.StubDumper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit code 2: no storage keeps anything of a dump that was never whole. */
class DumpFailuresIT {

    private static final String BUCKET = "backups";
    /** More than one part of a multipart upload. */
    private static final long MULTIPART = 12_000_000;

    private static S3Proxy s3;
    private static Sshd sshd;

    private Workspace workspace;

    @BeforeAll
    static void start() {
        s3 = S3Proxy.start();
        s3.createBucket(BUCKET);
        sshd = Sshd.start();
    }

    @AfterAll
    static void stop() {
        s3.close();
        sshd.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        workspace = Workspace.in(folder);
    }

    @AfterEach
    void nothingIsLeftInTheStorages() {
        assertThat(s3.objects(BUCKET)).isEmpty();
        assertThat(s3.pendingUploads(BUCKET)).isEmpty();
        assertThat(Workspace.files(sshd.workFolder())).isEmpty();
    }

    @Test
    void saysThatThePasswordIsWrong() {
        try (MariaDb server = MariaDb.start()) {
            server.loadShop();
            server.createUser("backup", "right", "ALL ON *.*");
            Outcome outcome = fails(JobFile.named("shop").then(to("dump", "dumper", "mysqldump",
                    "dsn", "mysql://backup@127.0.0.1:" + server.port() + "/shop", "password",
                    "RAW(" + StubJob.PASSWORD + ")")));
            assertThat(outcome.output()).contains("Access denied").contains("check username and password");
        }
    }

    @Test
    void saysThatNobodyAnswers() {
        Outcome outcome = fails(JobFile.named("shop").then(to("dump", "dumper", "mysqldump",
                "dsn", "mysql://backup@127.0.0.1:1/shop", "password", "RAW(" + StubJob.PASSWORD + ")")));
        assertThat(outcome.output()).contains("127.0.0.1:1").contains("refused");
    }

    @Test
    void saysThatTheDumperIsMissing() {
        Outcome outcome =
                fails(JobFile.named("shop").then(to("dump", "dumper", "pgdump", "executable", "/absent/pg_dump",
                        "dsn", "postgres://backup@127.0.0.1:1/shop")));
        assertThat(outcome.output()).contains("/absent/pg_dump").contains("install");
    }

    @Test
    void saysThatTheTrailerIsMissing() {
        Outcome outcome = fails(StubJob.job(StubJob.dumper(workspace, "torn").printsInserts(MULTIPART)));
        assertThat(outcome.output()).contains("the dump is not whole");
    }

    @Test
    void saysWhyTheDumperFailed() {
        Outcome outcome = fails(StubJob.job(StubJob.dumper(workspace, "failing").printsInserts(MULTIPART)
                .complains("pg_dump: error: no such luck, password=" + StubJob.PASSWORD).exits(1)));
        assertThat(outcome.output()).contains("exit code 1").contains("no such luck");
    }

    @Test
    void keepsNothingWhenTheDumperIsKilledHalfWay() {
        keepsNothingWhenKilled();
    }

    private void keepsNothingWhenKilled(JobFile.Step... then) {
        StubDumper slow = StubJob.dumper(workspace, "slow").printsInserts(MULTIPART).then("touch \"$notes/half\"")
                .sleeps(Duration.ofMinutes(5)).prints(StubDumper.POSTGRES_TRAILER);
        JobFile steps = StubJob.job(slow);
        for (JobFile.Step step : then) {
            steps = steps.then(step);
        }
        everywhere(steps);
        try (RunningCommand running = workspace.onedump("dump").start()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(slow.path().resolveSibling("half"))
                    && !workspace.spooled().isEmpty());
            ProcessHandle dumper = ProcessHandle.of(slow.pids().get(0)).orElseThrow();
            List<ProcessHandle> tree = Stream.concat(Stream.of(dumper), dumper.descendants()).toList();
            tree.forEach(ProcessHandle::destroyForcibly);
            Outcome outcome = running.await();
            assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(2);
            assertThat(outcome.output()).contains("exit code 137");
        }
        workspace.assertNothingLeft();
    }

    @Test
    void keepsNothingOfASealedDumpThatWasNeverWhole() {
        StubDumper torn = StubJob.dumper(workspace, "torn").printsInserts(MULTIPART);
        for (String spool : List.of("true", "false")) {
            Outcome outcome = fails(JobFile.named("sealed-" + spool).then(StubJob.step(torn).with("spool", spool))
                    .then(sealed()), "sealed-" + spool);
            assertThat(outcome.output()).contains("the dump is not whole");
        }
    }

    @Test
    void keepsNothingWhenTheDumperIsKilledWhileItIsSealed() {
        keepsNothingWhenKilled(sealed());
    }

    private static JobFile.Step sealed() {
        return to("encrypt", "format", "age", "recipients", NewIdentity.generate(Instant.EPOCH).recipient());
    }

    @Test
    void saysThatTheWorkFolderIsFull() throws Exception {
        StubDumper endless = StubJob.dumper(workspace, "endless").printsInserts(200_000_000)
                .prints(StubDumper.POSTGRES_TRAILER);
        everywhere(StubJob.job(endless));
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(workspace.work()), 32)) {
            Outcome outcome = workspace.onedump("dump").through(disk.limit()).run();
            assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(2);
            assertThat(outcome.output()).contains(workspace.work().toString()).contains("onedump.work-directory");
            workspace.assertNothingLeft();
        }
    }

    @Test
    void refusesAnSshServerThatItDoesNotKnow() {
        Outcome outcome = fails(JobFile.named("shop").then(StubJob.step(StubJob.good(workspace))
                .with("sshHost", sshd.host()).with("sshPort", String.valueOf(sshd.port())).with("sshUser", sshd.user())
                .with("sshKey", sshd.key().file().toString())
                .with("sshKnownHosts", sshd.wrongKnownHosts().toString())));
        assertThat(outcome.output()).contains("host key").contains("known_hosts");
    }

    /** Runs a job that keeps its dump in three storages, and looks at what is left. */
    /** Camel's exec: as a route writes it that knows of no executor. */
    @Test
    void keepsNothingOfACommandThatPrintsSomethingAndFails() {
        StubDumper command = StubJob.dumper(workspace, "command").printsInserts(MULTIPART).exits(3);

        Outcome outcome = fails(JobFile.named("shop").then(to("exec", "executable", command.path().toString())));

        assertThat(outcome.output()).contains("exit code 3");
    }

    @Test
    void stopsBeforeTheDumpWhenAHookFails() {
        StubDumper hook = StubJob.dumper(workspace, "hook").exits(1);
        StubDumper dumper = StubJob.good(workspace);

        fails(JobFile.named("shop").then(to("exec", "executable", hook.path().toString())).then(StubJob.step(dumper)));

        assertThat(dumper.path().resolveSibling("pids")).as("its processes").doesNotExist();
    }

    private Outcome fails(JobFile dump) {
        return fails(dump, "shop");
    }

    private Outcome fails(JobFile dump, String job) {
        everywhere(dump);
        Outcome outcome;
        try (ProcessWatch watch = ProcessWatch.start(workspace.folder())) {
            outcome = workspace.onedump("dump", "--job", job).run();
            assertUnseen(StubJob.PASSWORD, outcome, watch.seen());
        }
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(2);
        assertThat(outcome.output()).contains(job + ": FAILED");
        assertThat(outcome.errors()).doesNotContain("\tat ");
        workspace.assertNothingLeft();
        return outcome;
    }

    private void everywhere(JobFile dump) {
        workspace.job(dump.then(to("checksum", "algorithm", "sha256")).inParallel(workspace.keep(),
                Storages.s3(s3, BUCKET).with("partSize", "5242880"), Storages.sftp(sshd)));
    }
}
