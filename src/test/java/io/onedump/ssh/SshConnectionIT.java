package io.onedump.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import io.onedump.servers.SshKey;
import io.onedump.servers.Sshd;
import io.onedump.servers.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConnectionIT {

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
    void takesTheKeyAsPathTextOrBase64() throws Exception {
        String pem = Files.readString(server.rsaKey().file());
        for (String key : new String[] {server.key().file().toString(), pem,
                Base64.getEncoder().encodeToString(pem.getBytes()),
                Base64.getMimeEncoder().encodeToString(pem.getBytes())}) {
            open(key, null, server.knownHosts().toString()).close();
        }
    }

    @Test
    void takesTheKnownHostsAsText() throws Exception {
        open(server.key().file().toString(), null, Files.readString(server.knownHosts())).close();
    }

    @Test
    void refusesAHostThatIsNotKnown(@TempDir Path folder) {
        assertRefused(server.key(), null, folder.resolve("known_hosts").toString(), "ssh-keyscan -p " + server.port());
    }

    @Test
    void refusesAHostWhoseKeyHasChanged() {
        assertRefused(server.key(), null, server.wrongKnownHosts().toString(),
                "is not the one in " + server.wrongKnownHosts());
    }

    @Test
    void saysWhatIsWrongWithTheKey() throws Exception {
        String known = server.knownHosts().toString();
        assertRefused(server.unauthorizedKey(), null, known, "log-in refused");
        assertRefused(server.encryptedKey(), null, known, "set its passphrase");
        assertRefused(server.encryptedKey(), "wrong", known, "check its passphrase");
        open(server.encryptedKey().file().toString(), SshKey.PASSPHRASE, known).close();
        assertThatThrownBy(() -> open("/no/such/key", null, known)).hasMessageContaining("/no/such/key");
    }

    @Test
    void neverShowsADamagedKey() throws Exception {
        String damaged = Files.readString(server.key().file()).replace("-----BEGIN", "----BEGIN");
        assertThatThrownBy(() -> open(damaged, null, server.knownHosts().toString())).isInstanceOf(SshException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("b3BlbnNzaC1rZXktdjE"));
    }

    @Test
    void saysThatTheHostIsOutOfReach() {
        assertThatThrownBy(() -> SshConnection.open(new SshSettings("127.0.0.1", 1, "x", "y", null, null, null, null)))
                .isInstanceOfSatisfying(SshException.class, e -> assertThat(e.permanent()).isFalse())
                .hasMessageContaining("connection refused");
    }

    /** The server may have been restarted right then. */
    @Test
    void takesNoConnectionThatBreaksInTheMiddleOfTheLogInForARefusal() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            String known = Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port());
            SshSettings settings = new SshSettings(proxy.host(), proxy.port(), server.user(), null,
                    server.key().file().toString(), null, known, Duration.ofSeconds(20));
            long before = proxy.download().passed();
            SshConnection.open(settings).close();
            long whole = proxy.download().passed() - before;
            int broken = 0;
            for (long bytes = 0; bytes < whole; bytes += 50) {
                proxy.download().cutAfter(bytes);
                try {
                    // The last bytes come after the log-in.
                    SshConnection.open(settings).close();
                } catch (SshException e) {
                    broken++;
                    assertThat(e.permanent()).as("after %s of %s bytes: %s", bytes, whole, e.getMessage()).isFalse();
                }
                proxy.download().heal();
            }
            assertThat(broken).isGreaterThan((int) (whole / 100));
        }
    }

    @Test
    void forwardsAPort() throws Exception {
        try (SshTunnel tunnel =
                SshTunnel.open(settings(server.key().file().toString(), null, server.knownHosts().toString()),
                        server.host(), server.port());
                Socket socket = new Socket(tunnel.localHost(), tunnel.localPort())) {
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine())
                    .startsWith("SSH-2.0");
        }
    }

    @Test
    void runsACommand() throws Exception {
        try (SshConnection connection = open(server.key().file().toString(), null, server.knownHosts().toString())) {
            assertThat(connection.run("echo out; echo err >&2; cat", new ByteArrayInputStream("in\n".getBytes()), 100))
                    .isEqualTo("out\nin\n");
        }
    }

    private static void assertRefused(SshKey key, String passphrase, String knownHosts, String message) {
        assertThatThrownBy(() -> open(key.file().toString(), passphrase, knownHosts))
                .isInstanceOfSatisfying(SshException.class, e -> assertThat(e.permanent()).isTrue())
                .hasMessageContaining(message);
    }

    private static SshConnection open(String key, String passphrase, String knownHosts) throws SshException {
        return SshConnection.open(settings(key, passphrase, knownHosts));
    }

    private static SshSettings settings(String key, String passphrase, String knownHosts) {
        return new SshSettings(server.host(), server.port(), server.user(), null, key, passphrase, knownHosts,
                Duration.ofSeconds(20));
    }
}
