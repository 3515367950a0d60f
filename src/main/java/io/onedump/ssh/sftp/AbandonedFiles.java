package io.onedump.ssh.sftp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

import io.onedump.artifact.CleanLog;
import org.slf4j.Logger;

/** Removes temporary files that killed processes have left on a server. That it may not do so is no failure. */
public record AbandonedFiles(SftpFiles files) {

    private static final Logger LOG = CleanLog.of(AbandonedFiles.class);

    /** Whoever is at work has written something in this time. */
    private static final Duration UNTOUCHED = Duration.ofDays(1);

    /**
     * @param candidates temporary files that may be in use, and when they were last written to
     * @param left       whether a file certainly is in use no more; the others are judged by the server's clock
     * @param probe      a file to be made and removed, whose time is the server's
     */
    public void remove(Map<String, Instant> candidates, Predicate<String> left, String probe) throws IOException {
        try {
            Instant limit = candidates.keySet().stream().allMatch(left) ? null : now(probe).minus(UNTOUCHED);
            for (Map.Entry<String, Instant> candidate : candidates.entrySet()) {
                if (left.test(candidate.getKey()) || candidate.getValue().isBefore(limit)) {
                    LOG.info("removing {} from the SFTP server, left by a process that was killed",
                            candidate.getKey());
                    files.remove(candidate.getKey());
                }
            }
        } catch (SftpStatusException e) {
            LOG.warn("temporary files that killed processes have left stay on the SFTP server: it does not let this"
                    + " account {}: {}", e.action(), e.getMessage());
        }
    }

    private Instant now(String probe) throws IOException {
        SftpChannel channel = files.channel();
        byte[] handle = channel.call(SftpRequest.create(probe)).handle();
        channel.call(SftpRequest.close(handle)).ok();
        try {
            SftpAttributes attributes = files.stat(probe);
            return attributes == null ? Instant.EPOCH.plus(UNTOUCHED) : attributes.modified();
        } finally {
            files.remove(probe);
        }
    }
}
