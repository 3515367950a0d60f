package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Digest;
import io.onedump.ssh.sftp.AbandonedFiles;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpReply;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.ssh.sftp.SftpWriter;
import io.onedump.storage.ArtifactStream;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Proof;
import io.onedump.storage.Receipt;
import io.onedump.storage.StoredMeanwhileException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TemporaryName;
import io.onedump.storage.TransientStorageException;
import io.onedump.storage.VerificationException;
import org.slf4j.Logger;

/**
 * One put: a temporary file in the target's folder, compared, then renamed. When the connection breaks, the upload is
 * taken up where the server's file ends.
 */
final class SftpUpload {

    private static final Logger LOG = CleanLog.of(SftpUpload.class);

    private final SftpStorage storage;
    private final SftpClient client;
    private final String path;
    private final SftpOptions options;
    private final boolean compares;
    private final StoredObject before;
    private final String folder;
    private final TemporaryName.Claim claim;
    private final String temporary;
    private final String target;
    private long arrived;
    private boolean begun;
    private int failures;
    private Proof proof;

    /**
     * @param compares whether it replaces nothing but {@code before}
     * @param before   null for nothing
     */
    SftpUpload(SftpStorage storage, SftpClient client, String path, SftpOptions options, boolean compares,
            StoredObject before) {
        this.storage = storage;
        this.client = client;
        this.path = path;
        this.options = options;
        this.compares = compares;
        this.before = before;
        this.target = storage.file(path);
        this.folder = storage.file(ObjectPath.folder(path));
        this.claim = TemporaryName.claim(ObjectPath.name(path));
        this.temporary = folder + claim.name();
    }

    Receipt run(Artifact artifact) throws IOException {
        try (claim) {
            while (true) {
                try {
                    return attempt(artifact);
                } catch (VerificationException e) {
                    throw e;
                } catch (TransientStorageException e) {
                    // Without a connection there was more than one try to make it already.
                    boolean connected = client.hasConnected();
                    client.discard();
                    if (!connected || ++failures == options.backoff().attempts() || !artifact.repeatable()) {
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
                publish(artifact);
            } else if (client.files().size(temporary) >= 0) {
                // The connection broke while renaming, and the server has not done it, or half of it.
                publish(artifact);
            } else {
                // The server has done it, unless something else has removed the file: then it is sent again.
                proof = null;
                requireArrived(artifact.digest().size());
                proof = new SftpVerification(storage, client, options.verify()).check(path, target, artifact);
            }
            Digest digest = artifact.digest();
            return new Receipt(path, digest, storage.location(path), proof);
        } catch (IOException e) {
            ArtifactStream.rethrow(e);
            throw storage.failure("write", path, e);
        }
    }

    private void send(Artifact artifact) throws IOException {
        client.channel();
        long size = begun ? Math.max(0, client.files().size(temporary)) : 0;
        if (size > arrived) {
            failures = 0;
        }
        arrived = size;
        // A server may have made the file and broken off before it said so.
        begun = true;
        SftpWriter writer = writer(size);
        if (storage.startsSweeping(folder)) {
            sweep();
        }
        try (InputStream in = ArtifactStream.open(artifact, size)) {
            writer.write(in);
        }
    }

    /** That there is a folder is nearly always so, and found out when there is none. */
    private SftpWriter writer(long offset) throws IOException {
        try {
            return new SftpWriter(client.channel(), temporary, offset);
        } catch (SftpStatusException e) {
            if (e.code() != SftpStatusException.NO_SUCH_FILE || !options.makesFolders()) {
                throw e;
            }
            Map<String, SftpStatusException> refused = client.files().makeFolders(List.of(folder));
            if (!refused.isEmpty()) {
                throw refused.values().iterator().next();
            }
            return new SftpWriter(client.channel(), temporary, offset);
        }
    }

    /** Removes what killed processes have left, whatever it was to become; others may be writing the same name now. */
    private void sweep() throws IOException {
        Map<String, Instant> candidates = new HashMap<>();
        try (TemporaryName.Claim probe = TemporaryName.claim("clock")) {
            client.files().list(folder, entry -> {
                if (TemporaryName.matches(entry.name()) && !TemporaryName.isBeingWritten(entry.name())) {
                    candidates.put(folder + entry.name(), entry.attributes().modified());
                }
            });
            new AbandonedFiles(client.files()).remove(candidates, file -> TemporaryName.isLeft(ObjectPath.name(file)),
                    folder + probe.name());
        } catch (SftpStatusException e) {
            LOG.debug("{}: {} cannot be looked through: {}", storage, folder, e.getMessage());
        }
    }

    private void requireArrived(long size) throws IOException {
        if (client.files().size(target) != size) {
            throw new TransientStorageException("storage " + storage + ": cannot write " + path + ": what was sent is"
                    + " not there any more", null);
        }
    }

    private void publish(Artifact artifact) throws IOException {
        if (!compares) {
            rename();
        } else if (before == null) {
            add(artifact);
        } else {
            StoredMeanwhileException.check(storage, path, before);
            rename();
        }
    }

    private void add(Artifact artifact) throws IOException {
        try {
            client.channel().rename(temporary, target);
        } catch (SftpStatusException e) {
            if (storage.stat(path).isEmpty()) {
                // The server refuses it for another reason; what replaces may still be allowed.
                rename();
            } else if (isOwn(artifact)) {
                // The server has done it before the connection broke, up to removing the first name.
                client.files().remove(temporary);
            } else {
                throw new StoredMeanwhileException(storage, path, e);
            }
        }
    }

    private boolean isOwn(Artifact artifact) throws IOException {
        if (failures == 0 || client.files().size(target) != artifact.digest().size()) {
            return false;
        }
        try {
            new SftpVerification(storage, client, options.verify()).check(path, target, artifact);
            return true;
        } catch (VerificationException e) {
            return false;
        }
    }

    private void rename() throws IOException {
        SftpChannel channel = client.channel();
        SftpReply[] answer = new SftpReply[1];
        channel.replace(temporary, target, reply -> answer[0] = reply);
        while (answer[0] == null) {
            channel.handleNext();
        }
        try {
            answer[0].ok();
        } catch (SftpStatusException e) {
            // What was compared is gone; it is sent again.
            proof = e.code() == SftpStatusException.NO_SUCH_FILE ? null : proof;
            throw e;
        }
    }

    /** Over another connection: the old one may be in the middle of a request. */
    private void removeAfter(Exception failure) {
        if (!begun) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        client.discard();
        try {
            client.filesNow().remove(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
