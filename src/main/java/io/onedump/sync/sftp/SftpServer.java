package io.onedump.sync.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.RemoteShell;
import io.onedump.ssh.sftp.SftpAttributes;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpFailure;
import io.onedump.ssh.sftp.SftpFiles;
import io.onedump.ssh.sftp.SftpLogIn;
import io.onedump.ssh.sftp.SftpRequest;
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
            return channel.shell();
        }

        SftpFiles files() {
            return channel.files();
        }

        /** Attributes of a file of the destination; null when there is none. */
        StoredObject stat(String path) throws IOException {
            SftpAttributes attributes = files().stat(server.file(path));
            return attributes != null && attributes.isFile()
                    ? new StoredObject(path, attributes.size(), attributes.modified())
                    : null;
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

        @Override
        public void close() {
            channel.close();
        }
    }

    Session connect() throws IOException {
        return new Session(this, SftpChannel.open(settings));
    }

    /** As {@link #connect()}, for one who does not try again. */
    Session connect(Backoff backoff) throws IOException {
        return new Session(this, new SftpLogIn(settings, backoff).open());
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
     * @param path    empty when it is about no file
     */
    IOException failure(Session session, String path, IOException e) {
        if (e instanceof StorageException || e instanceof ProducerFailedException
                || e instanceof InterruptedIOException) {
            return e;
        }
        SftpFailure failure = SftpFailure.of(e, settings, session == null ? null : session.channel,
                file(ObjectPath.folder(path)));
        String what = "sync to " + location("") + ": " + (path.isEmpty() ? "" : "cannot write " + path + ": ");
        return failure.permanent()
                ? new StorageException(what + failure.reason(), e)
                : new TransientStorageException(what + failure.reason(), e);
    }
}
