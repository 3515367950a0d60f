package io.onedump.storage.sftp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import io.onedump.ssh.sftp.SftpReply;
import io.onedump.ssh.sftp.SftpRequest;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.TemporaryName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares the folder of an upload. */
record SftpFolders(SftpStorage storage, SftpClient client) {

    private static final Logger LOG = LoggerFactory.getLogger(SftpFolders.class);
    private static final Duration ABANDONED = Duration.ofDays(1);

    /** Makes what is missing of the storage's own folder and the one below it. */
    void make(String folder) throws IOException {
        String directory = storage.file(folder);
        for (int slash = directory.indexOf('/', 1); slash > 0; slash = directory.indexOf('/', slash + 1)) {
            String part = directory.substring(0, slash);
            if (!exists(part)) {
                try {
                    client.channel().call(SftpRequest.makeFolder(part)).ok();
                } catch (SftpStatusException e) {
                    // Another upload may have made it in the meantime.
                    if (!exists(part)) {
                        throw e;
                    }
                }
            }
        }
    }

    /**
     * Removes temporary files that killed processes have left: those of the same name at once, because nobody else may
     * write it now, and those of other names after a day, when none of them can still be at work.
     */
    void sweep(String path) throws IOException {
        String folder = ObjectPath.folder(path);
        Instant limit = Instant.now().minus(ABANDONED);
        for (SftpReply.Entry entry : storage.entries(folder)) {
            String name = entry.name();
            boolean old = entry.attributes().modified().isBefore(limit);
            if (TemporaryName.isFor(ObjectPath.name(path), name) || TemporaryName.matches(name) && old) {
                LOG.info("removing {}, left by a process that was killed", storage.location(folder + name));
                client.channel().call(SftpRequest.remove(storage.file(folder + name))).ok();
            }
        }
    }

    private boolean exists(String folder) throws IOException {
        try {
            client.channel().call(SftpRequest.stat(folder)).attributes();
            return true;
        } catch (SftpStatusException e) {
            if (e.code() == SftpStatusException.NO_SUCH_FILE) {
                return false;
            }
            throw e;
        }
    }
}
