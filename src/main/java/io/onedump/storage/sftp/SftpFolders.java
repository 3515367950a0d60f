package io.onedump.storage.sftp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.SftpException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.TemporaryName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares the folder of an upload. */
record SftpFolders(SftpStorage storage, SftpClient client) {

    private static final Logger LOG = LoggerFactory.getLogger(SftpFolders.class);
    private static final Duration ABANDONED = Duration.ofDays(1);

    /** Makes what is missing of the storage's own folder and the one below it. */
    void make(String folder) throws IOException, SftpException {
        String directory = storage.file(folder);
        for (int slash = directory.indexOf('/', 1); slash > 0; slash = directory.indexOf('/', slash + 1)) {
            String part = directory.substring(0, slash);
            if (!exists(part)) {
                try {
                    client.channel().mkdir(part);
                } catch (SftpException e) {
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
    void sweep(String path) throws IOException, SftpException {
        String folder = ObjectPath.folder(path);
        Instant limit = Instant.now().minus(ABANDONED);
        for (LsEntry entry : storage.entries(client.channel(), folder)) {
            String name = entry.getFilename();
            boolean old = Instant.ofEpochSecond(Integer.toUnsignedLong(entry.getAttrs().getMTime())).isBefore(limit);
            if (TemporaryName.isFor(ObjectPath.name(path), name) || TemporaryName.matches(name) && old) {
                LOG.info("removing {}, left by a process that was killed", storage.location(folder + name));
                client.channel().rm(SftpClient.literal(storage.file(folder + name)));
            }
        }
    }

    private boolean exists(String folder) throws IOException, SftpException {
        try {
            client.channel().stat(SftpClient.literal(folder));
            return true;
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                return false;
            }
            throw e;
        }
    }
}
