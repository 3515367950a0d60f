package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpReply;
import io.onedump.ssh.sftp.SftpStatusException;
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
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final SftpStorage storage;
    private final SftpClient client;
    private final String path;
    private final SftpOptions options;
    private final String temporary;
    private final String target;
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
                makeFolder(storage.file(ObjectPath.folder(path)));
            }
            sweep();
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
        return client.files().size(temporary);
    }

    private void makeFolder(String folder) throws IOException {
        Map<String, SftpStatusException> refused = client.files().makeFolders(List.of(folder));
        if (refused.containsKey(folder.replaceAll("/$", ""))) {
            throw refused.values().iterator().next();
        }
    }

    /**
     * Removes temporary files that killed processes have left: those of the same name at once, because nobody else may
     * write it now, and those of other names after a day, when none of them can still be at work.
     */
    private void sweep() throws IOException {
        String folder = storage.file(ObjectPath.folder(path));
        Instant limit = Instant.now().minus(ABANDONED);
        List<String> abandoned = new ArrayList<>();
        client.files().list(folder, entry -> {
            String name = entry.name();
            boolean old = entry.attributes().modified().isBefore(limit);
            if (TemporaryName.isFor(ObjectPath.name(path), name) || TemporaryName.matches(name) && old) {
                abandoned.add(folder + name);
            }
        });
        for (String file : abandoned) {
            LOG.info("removing {} from {}, left by a process that was killed", file, storage);
            client.files().remove(file);
        }
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
            client.files().remove(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
