package io.onedump.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelSubsystem;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;

/**
 * A logged-in SSH connection. The host key was found in the known hosts: there is no way to skip that check. A peer
 * that says nothing for a minute is given up.
 */
public final class SshConnection implements SftpTransport {

    static final Duration ALIVE_INTERVAL = Duration.ofSeconds(15);
    static final int ALIVE_COUNT = 4;
    static final Duration UNLIMITED = Duration.ofDays(365);

    /** AES-GCM encrypts and authenticates at once, which costs about half of what a cipher and a MAC do. */
    private static final String CIPHERS =
            "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr";

    private final SshSettings settings;
    private final Session session;

    private SshConnection(SshSettings settings, Session session) {
        this.settings = settings;
        this.session = session;
    }

    public static SshConnection open(SshSettings settings) throws SshException {
        LogInWatch watch = new LogInWatch();
        try {
            JSch jsch = new JSch();
            jsch.setInstanceLogger(watch);
            KnownHosts.addTo(jsch, settings.knownHosts());
            if (settings.privateKey() != null) {
                PrivateKey.addTo(jsch, settings);
            }
            Session session = jsch.getSession(settings.user(), settings.host(), settings.port());
            session.setPassword(settings.password());
            session.setDaemonThread(true);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("cipher.c2s", CIPHERS);
            session.setConfig("cipher.s2c", CIPHERS);
            session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
            session.setServerAliveInterval((int) ALIVE_INTERVAL.toMillis());
            session.setServerAliveCountMax(ALIVE_COUNT);
            session.connect((int) settings.connectTimeout().toMillis());
            return new SshConnection(settings, session);
        } catch (JSchException e) {
            throw SshFailure.of(settings, watch.reason(e));
        }
    }

    /**
     * Forwards a port of this machine's loopback address for as long as the connection lives.
     *
     * @return the local port, chosen by the system
     */
    public int forward(String remoteHost, int remotePort) throws SshException {
        try {
            return session.setPortForwardingL("127.0.0.1", 0, remoteHost, remotePort);
        } catch (JSchException e) {
            throw SshFailure.of(settings, e);
        }
    }

    @Override
    public OutputStream openSftp(OutputStream replies) throws SshException {
        try {
            ChannelSubsystem channel = (ChannelSubsystem) session.openChannel("subsystem");
            channel.setSubsystem("sftp");
            channel.setOutputStream(replies);
            OutputStream requests = channel.getOutputStream();
            channel.connect((int) settings.connectTimeout().toMillis());
            return requests;
        } catch (JSchException e) {
            throw SshFailure.of(settings, e);
        } catch (IOException e) {
            throw new SshException(settings.target() + ": " + e.getMessage(), false, e);
        }
    }

    @Override
    public String run(String command, InputStream input, long most) throws IOException {
        return run(command, input, most, UNLIMITED);
    }

    @Override
    public String run(String command, InputStream input, long most, Duration longest) throws IOException {
        ChannelExec channel = exec(command);
        if (channel == null) {
            return null;
        }
        try (CommandWatch watch = new CommandWatch(settings.threads(), longest, channel::disconnect)) {
            channel.setInputStream(input);
            channel.setErrStream(OutputStream.nullOutputStream());
            InputStream out = channel.getInputStream();
            String output;
            try {
                channel.connect((int) settings.connectTimeout().toMillis());
                output = CommandOutput.of(out, most);
            } catch (IOException | JSchException e) {
                watch.requireInTime(settings.target(), e);
                throw e;
            }
            watch.requireInTime(settings.target(), null);
            return output;
        } catch (JSchException e) {
            return noShell(e);
        } finally {
            channel.disconnect();
        }
    }

    /** Null where the server gives no shell. */
    private ChannelExec exec(String command) throws SshException {
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(command);
            return channel;
        } catch (JSchException e) {
            noShell(e);
            return null;
        }
    }

    private String noShell(JSchException e) throws SshException {
        if (session.isConnected()) {
            return null;
        }
        throw SshFailure.of(settings, e);
    }

    @Override
    public boolean isConnected() {
        return session.isConnected();
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
