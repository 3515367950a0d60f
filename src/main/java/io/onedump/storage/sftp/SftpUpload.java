package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InputStream;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
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
                        .check(path, temporary, artifact.digest());
                client.channel().rename(SftpClient.literal(temporary), SftpClient.literal(target));
            } else if (size() >= 0) {
                // The connection broke while renaming, and the server has not done it.
                client.channel().rename(SftpClient.literal(temporary), SftpClient.literal(target));
            }
            Digest digest = artifact.digest();
            return new Receipt(path, digest, storage.location(path), proof);
        } catch (SftpException | IOException e) {
            ArtifactStream.rethrow(e);
            throw storage.failure("write", path, e);
        }
    }

    private void send(Artifact artifact) throws IOException, SftpException {
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
            client.channel().put(in, SftpClient.literal(temporary), null,
                    size == 0 ? ChannelSftp.OVERWRITE : ChannelSftp.APPEND);
        }
    }

    /** Of the temporary file; -1 when there is none. */
    private long size() throws IOException, SftpException {
        try {
            return client.channel().stat(SftpClient.literal(temporary)).getSize();
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                return -1;
            }
            throw e;
        }
    }

    /** Over a new channel: the old one may be in the middle of a file. */
    private void removeAfter(Exception failure) {
        boolean interrupted = Thread.interrupted();
        client.closeChannel();
        try {
            client.channel().rm(SftpClient.literal(temporary));
        } catch (SftpException e) {
            if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                failure.addSuppressed(e);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
