package io.onedump.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.Threads;
import io.onedump.servers.PasswordSshd;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.SftpChannel;
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
