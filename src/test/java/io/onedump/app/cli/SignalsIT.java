package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

import io.onedump.servers.S3Proxy;
import io.onedump.servers.Sshd;
import io.onedump.servers.StubDumper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run whose process is told to end, or is killed. */
class SignalsIT {

    private static final String BUCKET = "backups";
    private static final int TERMINATED = 128 + 15;

    private static S3Proxy s3;
    private static Sshd sshd;

    private Workspace workspace;
    private StubDumper endless;

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
        endless = StubJob.dumper(workspace, "endless").printsInserts(12_000_000)
                .then("while sleep 0.1; do echo 'INSERT INTO t VALUES (1);'; done");
        workspace.job(StubJob.job(endless).then(to("checksum", "algorithm", "sha256")).inParallel(workspace.keep(),
                Storages.s3(s3, BUCKET).with("partSize", "5242880"), Storages.sftp(sshd)));
    }

    @Test
    void terminationCleansUpEverywhere() {
        try (RunningCommand running = workspace.onedump("dump").start()) {
            awaitUploads();
            long told = System.nanoTime();
            running.signal("TERM");
            Outcome outcome = running.await();
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(30));
            assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(TERMINATED);
            assertThat(outcome.everything()).doesNotContain(StubJob.PASSWORD).doesNotContain("\tat ");
        }
        workspace.assertNothingLeft();
        assertThat(s3.pendingUploads(BUCKET)).isEmpty();
        assertThat(s3.objects(BUCKET)).isEmpty();
        assertThat(Workspace.files(sshd.workFolder())).isEmpty();
    }

    @Test
    void theNextRunRemovesWhatAKilledOneLeft() {
        try (RunningCommand running = workspace.onedump("dump").start()) {
            awaitUploads();
            running.signal("KILL");
            assertThat(running.await().exitCode()).isEqualTo(128 + 9);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(workspace::assertNoProcess);
        assertThat(workspace.spooled()).isNotEmpty();
        workspace.job(JobFile.named("next").then(StubJob.step(StubJob.good(workspace)))
                .inParallel(workspace.keep(), Storages.s3(s3, BUCKET).with("partSize", "5242880"),
                        Storages.sftp(sshd)));

        Outcome outcome = workspace.onedump("dump", "--job", "next").run();

        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(workspace.spooled()).isEmpty();
        assertThat(Workspace.artifacts(workspace.kept())).containsExactly("shop.sql");
        s3.client().deleteObject(request -> request.bucket(BUCKET).key("shop.sql"));
        s3.client().listMultipartUploads(request -> request.bucket(BUCKET)).uploads().forEach(upload -> s3.client()
                .abortMultipartUpload(request -> request.bucket(BUCKET).key(upload.key()).uploadId(upload.uploadId())));
        Workspace.files(sshd.workFolder()).forEach(file -> sshd.workFolder().resolve(file).toFile().delete());
    }

    /** All three storages are at work. */
    private void awaitUploads() {
        await().atMost(Duration.ofMinutes(1)).until(() -> !s3.pendingUploads(BUCKET).isEmpty()
                && !Workspace.files(workspace.kept()).isEmpty() && !Workspace.files(sshd.workFolder()).isEmpty());
    }
}
