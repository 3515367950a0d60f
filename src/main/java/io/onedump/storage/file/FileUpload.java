package io.onedump.storage.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Digest;
import io.onedump.artifact.FileClaim;
import io.onedump.storage.ArtifactStream;
import io.onedump.storage.Proof;
import io.onedump.storage.Receipt;
import io.onedump.storage.TemporaryName;
import io.onedump.storage.VerificationException;
import io.onedump.storage.Verify;
import org.slf4j.Logger;

/**
 * One put: a temporary file in the target's folder, synced, compared, then renamed and the rename synced. The temporary
 * file is claimed while it is written, so that later ones know which ones a killed process has left.
 */
final class FileUpload {

    private static final Logger LOG = CleanLog.of(FileUpload.class);
    private static final int BUFFER = 256 * 1024;
    /** Most of what an archive of a binary log stores is smaller, and comes many times a second. */
    private static final int SMALL = 16 * 1024;
    private static final long SYNC_EVERY = 32L * 1024 * 1024;

    private final FileStorage storage;
    private final String path;
    private final Verify verify;
    private final FolderSweep sweep;
    private final FileMode mode;
    private final Publication publication;
    private final Path target;
    private final Path temporary;

    FileUpload(FileStorage storage, String path, Verify verify, FolderSweep sweep, FileMode mode,
            Publication publication) {
        this.storage = storage;
        this.path = path;
        this.verify = verify;
        this.sweep = sweep;
        this.mode = mode;
        this.publication = publication;
        this.target = storage.file(path);
        this.temporary = target.resolveSibling(TemporaryName.of(target.getFileName().toString()));
    }

    Receipt run(Artifact artifact) throws IOException {
        try {
            makeFolder(target.getParent());
            sweep.before(target.getParent());
            try (FileClaim claim = FileClaim.create(temporary, mode.ofFile());
                    WrittenBytes writtenBytes = new WrittenBytes(temporary)) {
                write(artifact, claim.channel(), writtenBytes);
                Digest digest = artifact.digest();
                Proof proof = compare(digest, writtenBytes);
                allow(temporary, mode.permissions());
                publication.of(temporary);
                return new Receipt(path, digest, storage.location(path), proof);
            }
        } catch (IOException e) {
            removeAfter(e);
            ArtifactStream.rethrow(e);
            throw storage.failure("write", path, e);
        } catch (RuntimeException e) {
            removeAfter(e);
            throw e;
        }
    }

    /**
     * Synced and read back piece by piece: at the end of a large artifact both would take long, with nobody else at
     * work.
     */
    private void write(Artifact artifact, FileChannel out, WrittenBytes writtenBytes) throws IOException {
        byte[] buffer = new byte[SMALL];
        long written = 0;
        long synced = 0;
        try (InputStream in = ArtifactStream.open(artifact, 0)) {
            int read;
            while ((read = in.read(buffer)) >= 0) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    written += out.write(bytes);
                }
                if (read == SMALL && buffer.length == SMALL) {
                    buffer = new byte[BUFFER];
                }
                if (written - synced >= SYNC_EVERY) {
                    out.force(false);
                    synced = written;
                    if (readsBack()) {
                        writtenBytes.follow(synced);
                    }
                }
            }
        }
        out.force(true);
    }

    private boolean readsBack() {
        return verify != Verify.NONE && verify != Verify.SIZE;
    }

    private Proof compare(Digest digest, WrittenBytes writtenBytes) throws IOException {
        if (verify == Verify.NONE) {
            return Proof.NONE;
        }
        long size = Files.size(temporary);
        if (size != digest.size()) {
            throw VerificationException.size(storage.toString(), path, size, digest.size());
        }
        if (!readsBack()) {
            return Proof.SIZE;
        }
        writtenBytes.follow(size);
        String sha256 = writtenBytes.digest().sha256();
        if (!sha256.equals(digest.sha256())) {
            throw VerificationException.digest(storage.toString(), path, "SHA-256 " + sha256, digest.sha256());
        }
        return Proof.READ_BACK;
    }

    /** Syncs each folder that is new into the one above it, else a crash may lose the folder with all that is in it. */
    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        makeFolder(folder.getParent());
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(mode.ofFolder()));
            allow(folder, mode.ofFolder());
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            LOG.debug("{} was made by somebody else", folder);
        }
        AtomicFile.syncFolder(folder.getParent());
    }

    /** The umask has taken away what nobody asked it to. */
    private static void allow(Path path, Set<PosixFilePermission> permissions) {
        try {
            if (!Files.getPosixFilePermissions(path).equals(permissions)) {
                Files.setPosixFilePermissions(path, permissions);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("{}: the file system does not keep who may read it (fileMode): {}", path, e.toString());
        }
    }

    private void removeAfter(Exception failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
