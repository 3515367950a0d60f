package io.onedump.ssh.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.RootCause;
import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;
import org.slf4j.Logger;

/**
 * Logs in, and once more where that may succeed a moment later: a server that is being restarted refuses, and one that
 * many log in to at the same time turns some of them away ({@code MaxStartups} of {@code sshd_config(5)}).
 */
public record SftpLogIn(SshSettings settings, Backoff backoff) {

    private static final Logger LOG = CleanLog.of(SftpLogIn.class);

    /** Where nobody listens at all, a service may be on its way up; longer than that, the address is a wrong one. */
    private static final Duration REFUSED = Duration.ofSeconds(10);
    /** Whoever fails later than that after the first try began is not tried again, so that silence has an end too. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** @throws SshException at once when the log-in was refused, the host is not the known one or has no address */
    public SftpChannel open() throws IOException {
        long started = System.nanoTime();
        for (int failures = 1;; failures++) {
            try {
                return SftpChannel.open(settings);
            } catch (IOException e) {
                Duration patience = RootCause.of(e) instanceof ConnectException ? REFUSED : LONGEST;
                if (!mayPass(e) || failures >= backoff.attempts()
                        || System.nanoTime() - started > patience.toNanos()) {
                    throw e;
                }
                LOG.warn("{}; logging in again", e instanceof SshException
                        ? e.getMessage()
                        : settings.target() + ": " + e.getMessage());
                backoff.pause(failures, null);
            }
        }
    }

    private static boolean mayPass(IOException e) {
        if (e instanceof SftpProtocolException || e instanceof SftpStatusException
                || e instanceof InterruptedIOException || e instanceof SshException ssh && ssh.permanent()) {
            return false;
        }
        return !(RootCause.of(e) instanceof UnknownHostException);
    }
}
