package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordSshdTest {

    private static final int SIZE = 1_000_000;

    private PasswordSshd sshd;
    private Session session;

    @BeforeAll
    void start() {
        sshd = PasswordSshd.start();
    }

    @AfterAll
    void stop() {
        sshd.close();
        assertThat(sshd.workFolder()).doesNotExist();
    }

    @BeforeEach
    void logIn() throws JSchException {
        session = login(PasswordSshd.PASSWORD);
    }

    @AfterEach
    void logOut() {
        sshd.faults().heal();
        session.disconnect();
    }

    @Test
    void storesAFileInItsFolder() throws Exception {
        long before = sshd.faults().written();
        put("stored");
        assertThat(sshd.workFolder().resolve("stored")).hasSize(SIZE);
        assertThat(sshd.faults().written() - before).isEqualTo(SIZE);
    }

    @Test
    void refusesTheWrongPassword() {
        assertThatThrownBy(() -> login("wrong")).isInstanceOf(JSchException.class).hasMessageContaining("Auth fail");
    }

    @Test
    void cutsTheConnectionOnce() throws Exception {
        sshd.faults().cutAfter(SIZE / 2);
        assertThatThrownBy(() -> put("cut")).isInstanceOf(SftpException.class);
        assertThat(sshd.workFolder().resolve("cut").toFile().length()).isPositive().isLessThanOrEqualTo(SIZE / 2);
        logIn();
        put("cut");
        assertThat(sshd.workFolder().resolve("cut")).hasSize(SIZE);
    }

    @Test
    void hasNoSpaceUntilHealed() throws Exception {
        sshd.faults().noSpaceAfter(SIZE / 2);
        assertThatThrownBy(() -> put("full")).isInstanceOf(SftpException.class);
        assertThatThrownBy(() -> put("full")).isInstanceOf(SftpException.class);
        assertThat(session.isConnected()).isTrue();
        sshd.faults().heal();
        put("full");
        assertThat(sshd.workFolder().resolve("full")).hasSize(SIZE);
    }

    private Session login(String password) throws JSchException {
        JSch ssh = new JSch();
        ssh.setKnownHosts(sshd.knownHosts().toString());
        Session newSession = ssh.getSession(PasswordSshd.USER, sshd.host(), sshd.port());
        newSession.setPassword(password);
        newSession.setConfig("StrictHostKeyChecking", "yes");
        newSession.connect(10_000);
        return newSession;
    }

    private void put(String name) throws JSchException, SftpException {
        ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
        sftp.connect(10_000);
        try {
            sftp.put(new ByteArrayInputStream(new byte[SIZE]), "/" + name);
        } finally {
            sftp.disconnect();
        }
    }
}
