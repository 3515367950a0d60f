package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static io.onedump.app.cli.Workspace.assertUnseen;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.onedump.servers.FakeDrive;
import io.onedump.servers.PasswordSshd;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.ServiceAccount;
import io.onedump.servers.Sshd;
import io.onedump.servers.StubDumper;
import io.onedump.servers.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit code 3: a storage that fails leaves nothing in itself and holds back no other. */
class StorageFailuresIT {

    private static final String BUCKET = "backups";
    private static final long MULTIPART = 30_000_000;

    private static S3Proxy s3;
    private static Sshd sshd;

    private Workspace workspace;
    private StubDumper dumper;

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
        dumper = StubJob.good(workspace);
    }

    @Test
    void saysThatTheBucketIsMissing() {
        assertThat(fails(Storages.s3(s3, "absent")).output()).contains("there is no bucket 'absent'");
    }

    @Test
    void saysThatTheStorageCannotBeReached() {
        Outcome outcome = fails(Storages.s3("http://127.0.0.1:1", BUCKET, S3Proxy.SECRET_KEY));
        assertThat(outcome.output()).contains("cannot be reached");
    }

    @Test
    void saysThatTheSecretKeyIsWrong() {
        Outcome outcome = fails(Storages.s3(s3.endpoint().toString(), BUCKET, "another-secret-key"));
        assertThat(outcome.output()).contains("access denied").contains("secretKey");
    }

    @Test
    void saysThatTheSshKeyIsRefused() {
        Outcome outcome = fails(Storages.sftp(sshd, sshd.port(), sshd.unauthorizedKey().file(), sshd.knownHosts()));
        assertThat(outcome.output()).contains("sftp://").containsIgnoringCase("key");
        assertThat(Workspace.files(sshd.workFolder())).isEmpty();
    }

    @Test
    void saysThatTheSftpServerIsNotTheKnownOne() {
        Outcome outcome = fails(Storages.sftp(sshd, sshd.port(), sshd.key().file(), sshd.wrongKnownHosts()));
        assertThat(outcome.output()).contains("host key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "forged  |                     |                                                 | Invalid JWT Signature",
            "genuine | stranger@example.org |                                                | domain-wide delegation",
            "genuine |                     | https://www.googleapis.com/auth/spreadsheets    | scopes was refused"})
    void saysWhyGoogleRefusesTheServiceAccount(String key, String delegate, String scopes, String message) {
        try (FakeDrive drive = FakeDrive.start(20)) {
            ServiceAccount account = ServiceAccount.create(null);
            drive.allow(account);
            ServiceAccount used = key.equals("forged") ? ServiceAccount.create(null) : account;
            // Drive's option delegate has the name of storage's own, so that the storage is named in the URI.
            JobFile.Step step = to("storage:google-drive:drive-files/create", "serviceAccountKey", "file:"
                    + used.writeKey(workspace.folder().resolve("key.json"), drive.endpoint()));
            step = delegate == null ? step : step.with("delegate", delegate);
            assertThat(fails(scopes == null ? step : step.with("scopes", scopes)).output()).contains(message);
        }
    }

    @Test
    void removesWhatArrivedDamaged() {
        try (PasswordSshd damaging = PasswordSshd.start()) {
            damaging.faults().damageWrites();
            Outcome outcome = fails(to("storage", "delegate",
                    "sftp:" + PasswordSshd.USER + "@" + damaging.host() + ":" + damaging.port() + "/kept",
                    "password", "RAW(" + PasswordSshd.PASSWORD + ")", "knownHostsFile",
                    damaging.knownHosts().toString()));
            assertThat(outcome.output()).contains("SHA-256");
            assertThat(Workspace.files(damaging.workFolder())).isEmpty();
        }
    }

    @Test
    void saysThatTheFolderCannotBeWritten() throws Exception {
        // A file where a folder should be stops root as well.
        Path file = Files.createFile(workspace.folder().resolve("occupied"));
        assertThat(fails(to("storage", "delegate", "file:" + file.resolve("kept"))).output()).contains("occupied");
    }

    @Test
    void aDeadStorageHoldsBackNoOther() {
        dumper = StubJob.dumper(workspace, "large").printsInserts(MULTIPART).prints(StubDumper.POSTGRES_TRAILER);
        workspace.property("retry.storage.attempts", "0");
        try (TcpProxy dead = TcpProxy.to(s3.host(), s3.port())) {
            dead.upload().stall();
            storesOnlyLocally(Storages.s3("http://127.0.0.1:" + dead.port(), BUCKET, S3Proxy.SECRET_KEY)
                    .with("partSize", "5242880").with("requestTimeout", "500"));
        }
    }

    @Test
    void aStorageThatDiesHalfWayHoldsBackNoOther() {
        dumper = StubJob.dumper(workspace, "large").printsInserts(MULTIPART).prints(StubDumper.POSTGRES_TRAILER);
        s3.createBucket("dying");
        workspace.property("retry.storage.attempts", "0");
        try (TcpProxy dying = TcpProxy.to(s3.host(), s3.port())) {
            dying.upload().bandwidth(5_000_000);
            Thread death = new Thread(() -> {
                Awaitility.await().forever().until(() -> dying.upload().passed() > MULTIPART / 2);
                dying.close();
            });
            death.setDaemon(true);
            death.start();
            storesOnlyLocally(Storages.s3("http://127.0.0.1:" + dying.port(), "dying", S3Proxy.SECRET_KEY)
                    .with("partSize", "5242880"));
            assertThat(s3.objects("dying")).isEmpty();
        }
    }

    private void storesOnlyLocally(JobFile.Step other) {
        workspace.job(
                StubJob.job(dumper).then(to("checksum", "algorithm", "sha256")).inParallel(other, workspace.keep()));
        Outcome outcome = workspace.onedump("dump").within(Duration.ofSeconds(90)).run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(3);
        assertThat(outcome.output()).contains("stored file:");
        assertThat(Workspace.files(workspace.kept())).containsExactly("shop.sql", "shop.sql.checksum");
        assertThat(workspace.spooled()).isEmpty();
        assertThat(s3.objects(BUCKET)).isEmpty();
        workspace.assertNoProcess();
    }

    private Outcome fails(JobFile.Step storage) {
        workspace.job(StubJob.job(dumper).then(to("checksum", "algorithm", "sha256")).then(storage));
        Outcome outcome;
        try (ProcessWatch watch = ProcessWatch.start(workspace.folder())) {
            outcome = workspace.onedump("dump").run();
            for (String secret : new String[] {StubJob.PASSWORD, S3Proxy.SECRET_KEY, PasswordSshd.PASSWORD}) {
                assertUnseen(secret, outcome, watch.seen());
            }
        }
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(3);
        assertThat(dumper.pids()).as("runs of the dumper").hasSize(1);
        assertThat(s3.objects(BUCKET)).isEmpty();
        assertThat(s3.pendingUploads(BUCKET)).isEmpty();
        workspace.assertNothingLeft();
        return outcome;
    }
}
