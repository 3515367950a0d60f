package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.ssh.sftp.SftpAttributes;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpReply;
import io.onedump.ssh.sftp.SftpWriter;
import io.onedump.storage.ArtifactStream;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Proof;
import io.onedump.storage.Receipt;
import io.onedump.storage.TemporaryName;
import io.onedump.storage.TransientStorageException;
import io.onedump.storage.VerificationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One put: a temporary file in the target's folder, compared, then renamed. When the connection breaks, the upload is
 * taken up where the server's file ends.
 */
final class SftpUpload {

    private static final Logger LOG = LoggerFactory.getLogger(SftpUpload.class);

    private final SftpStorage storage;
    private final SftpClient client;
    private final String path;
    private final SftpOptions options;
    private final String temporary;
    private final String target;
    private final SftpFolders folders;
    private long arrived;
    private boolean begun;
    private int failures;
    private Proof proof;

    SftpUpload(SftpStorage storage, SftpClient client, String path, SftpOptions options) {
        this.storage = storage;
        this.client = client;
        this.path = path;
        this.options = options;
        this.target = storage.file(path);
        this.temporary = storage.file(ObjectPath.folder(path) + TemporaryName.of(ObjectPath.name(path)));
        this.folders = new SftpFolders(storage, client);
    }

    Receipt run(Artifact artifact) throws IOException {
        try {
            while (true) {
                try {
                    return attempt(artifact);
                } catch (VerificationException e) {
                    throw e;
                } catch (TransientStorageException e) {
                    client.close();
                    if (!begun || ++failures == options.backoff().attempts() || !artifact.repeatable()) {
                        throw e;
                    }
                    LOG.warn("{}; taking it up again", e.getMessage());
                    options.backoff().pause(failures, null);
                }
            }
        } catch (IOException | RuntimeException e) {
            removeAfter(e);
            throw e;
        }
    }

    private Receipt attempt(Artifact artifact) throws IOException {
        try {
            if (proof == null) {
                send(artifact);
                proof = new SftpVerification(storage, client, options.verify())
                        .check(path, temporary, artifact);
                rename();
            } else if (size() >= 0) {
                // The connection broke while renaming, and the server has not done it.
                rename();
            }
            Digest digest = artifact.digest();
            return new Receipt(path, digest, storage.location(path), proof);
        } catch (IOException e) {
            ArtifactStream.rethrow(e);
            throw storage.failure("write", path, e);
        }
    }

    private void send(Artifact artifact) throws IOException {
        long size = size();
        if (size < 0) {
            if (options.makesFolders()) {
                folders.make(ObjectPath.folder(path));
            }
            folders.sweep(path);
            size = 0;
        } else if (size > arrived) {
            failures = 0;
        }
        arrived = size;
        begun = true;
        try (InputStream in = ArtifactStream.open(artifact, size)) {
            new SftpWriter(client.channel()).write(temporary, size, in);
        }
    }

    /** Of the temporary file; -1 when there is none. */
    private long size() throws IOException {
        SftpAttributes attributes = storage.attributes(temporary);
        return attributes == null ? -1 : attributes.size();
    }

    private void rename() throws IOException {
        SftpChannel channel = client.channel();
        SftpReply[] answer = new SftpReply[1];
        channel.replace(temporary, target, reply -> answer[0] = reply);
        while (answer[0] == null) {
            channel.handleNext();
        }
        answer[0].ok();
    }

    /** Over a new connection: the old one may be in the middle of a request. */
    private void removeAfter(Exception failure) {
        boolean interrupted = Thread.interrupted();
        client.close();
        try {
            storage.remove(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
