package io.onedump.ssh.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.onedump.artifact.Threads;
import io.onedump.servers.PasswordSshd;
import io.onedump.servers.SshKey;
import io.onedump.servers.Sshd;
import io.onedump.ssh.OpenSshClient;
import io.onedump.ssh.SftpTransport;
import io.onedump.ssh.SshConnection;
import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SftpChannelIT {

    private static Sshd server;

    @BeforeAll
    static void start() {
        server = Sshd.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void runsByOpenSshsClientWhichEndsWithIt() throws Exception {
        try (SftpChannel channel = SftpChannel.open(settings(keyFile(), null, knownHosts()))) {
            assertWrites(channel);
            assertThat(clients()).hasSize(1);
        }
        await().until(() -> clients().isEmpty());
    }

    @Test
    void logsInWithoutThatClientWhatItCannotTake() throws Exception {
        String text = Files.readString(server.key().file());
        String trusted = Files.readString(server.knownHosts());
        for (SshSettings settings : List.of(settings(text, null, knownHosts()), settings(keyFile(), null, trusted),
                settings(server.encryptedKey().file().toString(), SshKey.PASSPHRASE, knownHosts()))) {
            try (SftpChannel channel = SftpChannel.open(settings)) {
                assertWrites(channel);
                assertThat(clients()).isEmpty();
            }
        }
    }

    /** The connection lives: keepalives are answered for ever. */
    @Test
    @Timeout(60)
    void givesUpACommandThatDoesNotEnd(@TempDir Path folder) throws Exception {
        Path forced = Files.writeString(folder.resolve("forced"), "#!/bin/sh\ncase \"$SSH_ORIGINAL_COMMAND\" in"
                + " *sftp*) exec " + Sshd.SFTP_SERVER + ";; *) exec sleep 30;; esac\n");
        assertThat(forced.toFile().setExecutable(true)).isTrue();
        SftpTimeouts short1 = new SftpTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(1));
        try (Sshd silent = Sshd.startWithSubsystem("internal-sftp", "ForceCommand " + forced)) {
            SshSettings settings = new SshSettings(silent.host(), silent.port(), silent.user(), null,
                    silent.key().file().toString(), null, silent.knownHosts().toString(), Duration.ofSeconds(10),
                    Threads.daemons());
            for (SftpTransport transport : List.of(OpenSshClient.of(settings).orElseThrow(),
                    SshConnection.open(settings))) {
                try (SftpChannel channel = new SftpChannel(transport, "the test's server", Duration.ofSeconds(10),
                        short1, Threads.daemons())) {
                    RemoteShell shell = channel.shell();

                    assertThatThrownBy(() -> shell.syncedSha256("/etc/passwd", 100)).isInstanceOf(SshException.class)
                            .hasMessageContaining("has not ended within 1 seconds").satisfies(e -> assertThat(
                                    ((SshException) e).permanent()).isFalse());
                    assertThatThrownBy(() -> shell.sha256(List.of("/etc/passwd"), 100))
                            .isInstanceOf(SshException.class);
                    assertThat(channel.files().size("/etc/passwd")).as("the connection goes on").isPositive();
                }
            }
        }
        assertThat(short1.ofCommand(40L << 20)).as("more for more bytes").isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void logsInWithAPassword() throws Exception {
        try (PasswordSshd sshd = PasswordSshd.start();
                SftpChannel channel = SftpChannel.open(new SshSettings(sshd.host(), sshd.port(), PasswordSshd.USER,
                        PasswordSshd.PASSWORD, null, null, sshd.knownHosts().toString(), null))) {
            assertThat(channel.isConnected()).isTrue();
        }
    }

    /** OpenSSH's client refuses a key that others may read. */
    @Test
    void logsInWithAKeyThatThatClientRefuses(@TempDir Path folder) throws Exception {
        Path key = Files.copy(server.key().file(), folder.resolve("key with % and spaces"));
        assertThat(key.toFile().setReadable(true, false)).isTrue();
        try (SftpChannel channel = SftpChannel.open(settings(key.toString(), null, knownHosts()))) {
            assertWrites(channel);
        }
    }

    @Test
    void findsFilesWhoseNamesHaveSpacesAndPercentSigns(@TempDir Path folder) throws Exception {
        Path key = Files.copy(server.key().file(), folder.resolve("key with %h and spaces"));
        Path hosts = Files.copy(server.knownHosts(), folder.resolve("hosts with %h and spaces"));
        try (SftpChannel channel = SftpChannel.open(settings(key.toString(), null, hosts.toString()))) {
            assertThat(channel.isConnected()).isTrue();
            assertThat(clients()).hasSize(1);
        }
        await().until(() -> clients().isEmpty());
    }

    @Test
    void runsCommands() throws Exception {
        try (SftpChannel channel = SftpChannel.open(settings(keyFile(), null, knownHosts()))) {
            assertThat(channel.run("echo out; echo err >&2; cat", new ByteArrayInputStream("in\n".getBytes()), 100))
                    .isEqualTo("out\nin\n");
        }
    }

    @Test
    void saysWhyALogInFails() throws Exception {
        assertRefused(settings(server.unauthorizedKey().file().toString(), null, knownHosts()), "log-in refused");
        assertRefused(settings(keyFile(), null, server.wrongKnownHosts().toString()), "is not the one in");
        assertRefused(settings(keyFile(), null, "/no/such/known_hosts"), "ssh-keyscan");
        assertRefused(settings("/no/such/key", null, knownHosts()), "/no/such/key");
        assertThatThrownBy(
                () -> SftpChannel.open(new SshSettings("127.0.0.1", 1, "x", null, keyFile(), null, knownHosts(), null)))
                .isInstanceOfSatisfying(SshException.class, e -> assertThat(e.permanent()).isFalse())
                .hasMessageContaining("connection refused");
    }

    private static void assertRefused(SshSettings settings, String message) {
        assertThatThrownBy(() -> SftpChannel.open(settings))
                .isInstanceOfSatisfying(SshException.class, e -> assertThat(e.permanent()).isTrue())
                .hasMessageContaining(message);
    }

    private static void assertWrites(SftpChannel channel) throws IOException {
        Path file = server.workFolder().resolve("file");
        byte[] bytes = "written".getBytes();
        byte[] handle = channel.call(SftpRequest.create(file.toString())).handle();
        channel.call(SftpRequest.write(handle, 0, bytes, 0, bytes.length)).ok();
        channel.call(SftpRequest.close(handle)).ok();
        assertThat(file).hasContent("written");
    }

    private static List<ProcessHandle> clients() {
        return ProcessHandle.current().children()
                .filter(process -> process.info().command().orElse("").endsWith("/ssh")).toList();
    }

    private static String keyFile() {
        return server.key().file().toString();
    }

    private static String knownHosts() {
        return server.knownHosts().toString();
    }

    private static SshSettings settings(String key, String passphrase, String knownHosts) {
        return new SshSettings(server.host(), server.port(), server.user(), null, key, passphrase, knownHosts, null);
    }
}
