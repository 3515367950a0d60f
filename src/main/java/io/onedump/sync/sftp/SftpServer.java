package io.onedump.sync.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;

import io.onedump.artifact.ProducerFailedException;
import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.SftpAttributes;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpRequest;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TemporaryName;
import io.onedump.storage.TransientStorageException;
import io.onedump.sync.source.SourceFile;

/**
 * Where a sync by SFTP goes.
 *
 * @param owner        part of temporary names, so that nobody else writes to the same
 * @param root         relative to the folder of the log-in, unless it starts with a slash; empty or with a slash at its
 * end
 * @param makesFolders whether missing folders are made
 * @param proves       whether what was sent is compared by its SHA-256
 */
record SftpServer(SshSettings settings, String owner, String root, boolean makesFolders, boolean proves) {

    /** A log-in. */
    record Session(SftpServer server, SftpChannel channel) implements AutoCloseable {

        RemoteShell shell() {
            return new RemoteShell(channel);
        }

        /** Attributes of a file of the destination; null when there is none. */
        StoredObject stat(String path) throws IOException {
            try {
                SftpAttributes attributes = channel.call(SftpRequest.stat(server.file(path))).attributes();
                return attributes.isFile() ? new StoredObject(path, attributes.size(), attributes.modified()) : null;
            } catch (SftpStatusException e) {
                if (e.code() == SftpStatusException.NO_SUCH_FILE) {
                    return null;
                }
                throw e;
            }
        }

        /**
         * Whether the server writes files to its disk when asked. That must come before the rename: what is recorded as
         * proved would else be gone after a power failure, with the right name and size.
         */
        boolean syncs() {
            return channel.supports(SftpChannel.FSYNC);
        }

        /** How long an answer takes. */
        Duration roundTrip() throws IOException {
            long sent = System.nanoTime();
            channel.call(SftpRequest.stat("."));
            return Duration.ofNanos(System.nanoTime() - sent);
        }

        boolean isFull() {
            return channel.freeBytes(server.root.isEmpty() ? "." : server.root) < SftpLimits.BLOCK;
        }

        @Override
        public void close() {
            channel.close();
        }
    }

    Session connect() throws IOException {
        return new Session(this, SftpChannel.open(settings));
    }

    /** The server's name of a file. */
    String file(String path) {
        return root + path;
    }

    /**
     * Where a file is while it is sent: always the same for the same file, so that a later run goes on with it or
     * writes over it, and another for each owner and for each way to name the folder.
     */
    String temporary(SourceFile source) {
        int sender = Objects.hash(owner, root, source.file());
        return file(ObjectPath.folder(source.path()) + TemporaryName.of(ObjectPath.name(source.path()), sender));
    }

    String location(String path) {
        String port = settings.port() == SshSettings.DEFAULT_PORT ? "" : ":" + settings.port();
        return "sftp://" + settings.host() + port + "/" + file(path);
    }

    /**
     * What a failure means.
     *
     * @param session null when there was none
     */
    IOException failure(Session session, String path, IOException e) {
        if (e instanceof StorageException || e instanceof ProducerFailedException
                || e instanceof InterruptedIOException) {
            return e;
        }
        String what = "sync to " + location("") + ": ";
        if (e instanceof SshException ssh && ssh.permanent()) {
            return new StorageException(what + e.getMessage(), e);
        }
        if (e instanceof SftpStatusException refused) {
            return new StorageException(what + "cannot write " + path + ": " + reason(session, refused), e);
        }
        return new TransientStorageException(what + "the connection broke: " + e.getMessage(), e);
    }

    private String reason(Session session, SftpStatusException e) {
        return switch (e.code()) {
            case SftpStatusException.PERMISSION_DENIED ->
                "permission denied; the user '" + settings.user() + "' needs write access to that folder";
            case SftpStatusException.NO_SUCH_FILE -> "there is no such folder on the server; create it";
            case SftpStatusException.FAILURE -> session != null && session.isFull()
                    ? "no space left on the server; free some"
                    : "the server answered \"" + e.getMessage() + "\"; check its free space, the quota of"
                            + " '" + settings.user()
                            + "' and that no folder has that name";
            default -> "the server answered \"" + e.getMessage() + "\"";
        };
    }
}
