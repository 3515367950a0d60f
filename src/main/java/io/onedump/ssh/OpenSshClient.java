package io.onedump.ssh;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import org.slf4j.Logger;

/**
 * OpenSSH's own client, where it is installed. It encrypts in a process beside this one and at full speed from the
 * first byte, while Java's ciphers are slow until they are compiled. The log-ins that it cannot do, and the reasons for
 * those that fail, are left to {@link SshConnection}.
 */
public final class OpenSshClient implements SftpTransport {

    private static final Logger LOG = CleanLog.of(OpenSshClient.class);
    private static final int BUFFER = 128 * 1024;
    /** The exit status for what {@code ssh} itself could not do. */
    private static final int SSH_FAILED = 255;
    private static final int LONGEST_SAID = 4096;

    private final OpenSshCommand ssh;
    private final Threads threads;
    private Process process;
    private Optional<SharedLogIn> shared = Optional.empty();

    private OpenSshClient(OpenSshCommand ssh, Threads threads) {
        this.ssh = ssh;
        this.threads = threads;
    }

    /** @return empty when this log-in is none for OpenSSH's client */
    public static Optional<OpenSshClient> of(SshSettings settings) {
        return OpenSshCommand.of(settings).map(ssh -> new OpenSshClient(ssh, settings.threads()));
    }

    /** Starts the log-in. Whether it succeeds is told by the server's first packet, or by the end of the replies. */
    @Override
    public OutputStream openSftp(OutputStream replies) throws IOException {
        shared = SharedLogIn.create();
        process = ssh.subsystem("sftp", shared.map(SharedLogIn::first).orElse(List.of())).start();
        threads.start("ssh", () -> receive(replies));
        return new BufferedOutputStream(process.getOutputStream(), BUFFER);
    }

    /** On the same connection, where that can be. */
    @Override
    public String run(String command, InputStream input, long most) throws IOException {
        return run(command, input, most, SshConnection.UNLIMITED);
    }

    @Override
    public String run(String command, InputStream input, long most, Duration longest) throws IOException {
        Process remote = ssh.command(command, shared.map(SharedLogIn::further).orElse(List.of()))
                .redirectError(Redirect.DISCARD).start();
        try (CommandWatch watch = new CommandWatch(threads, longest, remote::destroyForcibly)) {
            threads.start("ssh input", () -> copy(input, remote.getOutputStream()));
            String output = output(remote, most, watch);
            if (output == null) {
                return null;
            }
            int status = remote.waitFor();
            watch.requireInTime(ssh.target(), null);
            if (status == SSH_FAILED && !isConnected()) {
                throw new IOException("the connection to the server broke");
            }
            return status == SSH_FAILED ? null : output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a command ran on the server");
        } finally {
            remote.destroy();
        }
    }

    private String output(Process remote, long most, CommandWatch watch) throws IOException {
        try {
            return CommandOutput.of(remote.getInputStream(), most);
        } catch (IOException e) {
            watch.requireInTime(ssh.target(), e);
            throw e;
        }
    }

    @Override
    public boolean isConnected() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
        }
        shared.ifPresent(SharedLogIn::close);
    }

    private void receive(OutputStream replies) {
        copy(process.getInputStream(), replies);
        // What it says is little, so that it was never kept waiting for somebody to read it.
        try (InputStream said = process.getErrorStream()) {
            LOG.debug("ssh has ended: {}", new String(said.readNBytes(LONGEST_SAID), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            LOG.debug("ssh has ended: {}", e.getMessage());
        }
    }

    /** The end of either side is the end. */
    private static void copy(InputStream in, OutputStream out) {
        byte[] buffer = new byte[BUFFER];
        try (in; out) {
            for (int read; (read = in.read(buffer)) >= 0;) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            LOG.debug("ssh: {}", e.getMessage());
        }
    }
}
