package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshdIT {

    private Sshd sshd;

    @BeforeAll
    void start() {
        sshd = Sshd.start();
    }

    @AfterAll
    void stop() {
        sshd.close();
    }

    @Test
    void storesAFile() throws Exception {
        Session session = login(sshd, sshd.key(), sshd.knownHosts());
        put(session, sshd.workFolder().resolve("a"));
        session.disconnect();
        assertThat(sshd.workFolder().resolve("a")).hasContent("content");
    }

    @Test
    void acceptsEveryKeyOfItsClient() throws Exception {
        login(sshd, sshd.rsaKey(), sshd.knownHosts()).disconnect();
        login(sshd, sshd.encryptedKey(), sshd.knownHosts()).disconnect();
        assertThatThrownBy(() -> login(sshd, sshd.unauthorizedKey(), sshd.knownHosts()))
                .isInstanceOf(JSchException.class).hasMessageContaining("Auth fail");
    }

    @Test
    void isNotWhomTheWrongFileNames() {
        assertThatThrownBy(() -> login(sshd, sshd.key(), sshd.wrongKnownHosts()))
                .isInstanceOf(JSchException.class).hasMessageContaining("HostKey has been changed");
    }

    @Test
    void forwardsToAnotherServer() throws Exception {
        Session session = login(sshd, sshd.key(), sshd.knownHosts());
        try (Sshd other = Sshd.start();
                Socket socket = new Socket(sshd.host(), session.setPortForwardingL(0, other.host(), other.port()));
                InputStream in = socket.getInputStream()) {
            assertThat(in.readNBytes(4)).asString().isEqualTo("SSH-");
        } finally {
            session.disconnect();
        }
    }

    @Test
    void hasNoShellWhenForSftpOnly() throws Exception {
        try (Sshd sftpOnly = Sshd.startSftpOnly()) {
            Session session = login(sftpOnly, sftpOnly.key(), sftpOnly.knownHosts());
            put(session, sftpOnly.workFolder().resolve("a"));
            assertThatThrownBy(() -> Command.of("ssh", "-F", "none", "-i", sftpOnly.key().file().toString(), "-p",
                    Integer.toString(sftpOnly.port()), "-o", "UserKnownHostsFile=" + sftpOnly.knownHosts(),
                    sftpOnly.user() + "@" + sftpOnly.host(), "true").run()).isInstanceOf(IllegalStateException.class);
            session.disconnect();
        }
        Command.of("ssh", "-F", "none", "-i", sshd.key().file().toString(), "-p", Integer.toString(sshd.port()), "-o",
                "UserKnownHostsFile=" + sshd.knownHosts(), sshd.user() + "@" + sshd.host(), "true").run();
    }

    private static Session login(Sshd server, SshKey key, Path knownHosts) throws JSchException {
        JSch ssh = new JSch();
        ssh.addIdentity(key.file().toString(), SshKey.PASSPHRASE);
        ssh.setKnownHosts(knownHosts.toString());
        Session session = ssh.getSession(server.user(), server.host(), server.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.connect(10_000);
        return session;
    }

    private static void put(Session session, Path file) throws Exception {
        ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
        sftp.connect(10_000);
        sftp.put(new ByteArrayInputStream("content".getBytes()), file.toString());
        sftp.disconnect();
    }
}
