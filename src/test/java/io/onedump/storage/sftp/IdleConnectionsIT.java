package io.onedump.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.Threads;
import io.onedump.servers.PasswordSshd;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.storage.Verify;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleConnectionsIT {

    private static final Duration SHORT = Duration.ofMillis(300);

    private PasswordSshd server;

    @BeforeEach
    void start() {
        server = PasswordSshd.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nobodyGetsOneThatSomebodyUses() throws Exception {
        try (IdleConnections idle = started(Duration.ofMinutes(1))) {
            SftpChannel first = idle.take(settings(), Backoff.DEFAULT);
            SftpChannel second = idle.take(settings(), Backoff.DEFAULT);
            assertThat(second).isNotSameAs(first);
            idle.giveBack(settings(), first);
            assertThat(idle.take(settings(), Backoff.DEFAULT)).isSameAs(first);
            first.close();
            second.close();
        }
    }

    @Test
    void anotherAccountGetsAnother() throws Exception {
        try (IdleConnections idle = started(Duration.ofMinutes(1))) {
            SftpChannel first = idle.take(settings(), Backoff.DEFAULT);
            idle.giveBack(settings(), first);
            SshSettings known = new SshSettings(server.host(), server.port(), PasswordSshd.USER, PasswordSshd.PASSWORD,
                    null, null, server.knownHosts().toString(), Duration.ofSeconds(9));
            try (SftpChannel second = idle.take(known, Backoff.DEFAULT)) {
                assertThat(second).isNotSameAs(first);
            }
        }
    }

    @Test
    void endsWhatNobodyHasTakenForLong() throws Exception {
        try (IdleConnections idle = started(SHORT)) {
            SftpChannel channel = idle.take(settings(), Backoff.DEFAULT);
            idle.giveBack(settings(), channel);
            assertThat(channel.isConnected()).isTrue();
            await().until(() -> !channel.isConnected());
            try (SftpChannel next = idle.take(settings(), Backoff.DEFAULT)) {
                assertThat(next.isConnected()).isTrue();
            }
        }
    }

    @Test
    void endsAllWhenItEndsAndKeepsNoneAfterwards() throws Exception {
        IdleConnections idle = started(Duration.ofMinutes(1));
        SftpChannel given = idle.take(settings(), Backoff.DEFAULT);
        SftpChannel taken = idle.take(settings(), Backoff.DEFAULT);
        idle.giveBack(settings(), given);
        idle.close();
        assertThat(given.isConnected()).isFalse();
        idle.giveBack(settings(), taken);
        assertThat(taken.isConnected()).isFalse();
    }

    @Test
    void getsNoneBackOnWhichAnotherThreadIsStillReading() throws Exception {
        Files.write(server.workFolder().resolve("small"), new byte[] {1, 2, 3});
        try (IdleConnections idle = started(Duration.ofMinutes(1))) {
            SftpStorage storage =
                    new SftpStorage(settings(), "/", new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT), idle);
            InputStream stream = storage.get("small", 0);
            assertThat(CompletableFuture.supplyAsync(() -> read(stream)).get()).isEqualTo(1);
            stream.close();
            storage.close();
            assertThat(idle.count()).isZero();
        }
    }

    @Test
    void getsNoneBackThatIsClosedInTheMiddleOfSomething() throws Exception {
        Files.write(server.workFolder().resolve("small"), new byte[] {1, 2, 3});
        try (IdleConnections idle = started(Duration.ofMinutes(1))) {
            SftpStorage storage =
                    new SftpStorage(settings(), "/", new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT), idle);
            InputStream stream = storage.get("small", 0);
            storage.close();
            assertThat(idle.count()).isZero();
            stream.close();
        }
    }

    @Test
    void getsOneBackAfterASmallFileWasRead() throws Exception {
        Files.write(server.workFolder().resolve("small"), new byte[] {1, 2, 3});
        try (IdleConnections idle = started(Duration.ofMinutes(1))) {
            try (SftpStorage storage =
                    new SftpStorage(settings(), "/", new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT), idle);
                    InputStream stream = storage.get("small", 0)) {
                assertThat(stream.readNBytes(3)).hasSize(3);
            }
            assertThat(idle.count()).isEqualTo(1);
        }
    }

    private static int read(InputStream stream) {
        try {
            return stream.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IdleConnections started(Duration longest) {
        IdleConnections idle = new IdleConnections(Threads.daemons(), longest);
        idle.start();
        return idle;
    }

    private SshSettings settings() {
        return new SshSettings(server.host(), server.port(), PasswordSshd.USER, PasswordSshd.PASSWORD, null, null,
                server.knownHosts().toString(), null);
    }
}
