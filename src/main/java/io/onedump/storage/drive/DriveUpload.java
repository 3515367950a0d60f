package io.onedump.storage.drive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;

import com.google.api.services.drive.model.File;
import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;
import io.onedump.storage.ArtifactStream;
import io.onedump.storage.LostUploadException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.PartSource;
import io.onedump.storage.Proof;
import io.onedump.storage.Receipt;
import io.onedump.storage.Silence;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import io.onedump.storage.VerificationException;
import io.onedump.storage.Verify;
import io.onedump.storage.drive.ResumableSession.Progress;

/**
 * One put: a new file by a resumable session, compared; then what had the same name before is deleted, because Google
 * Drive would keep both.
 */
final class DriveUpload {

    static final String CONTENT_TYPE = "application/octet-stream";

    private final DriveStorage storage;
    private final String path;
    private final DriveOptions options;
    private final SoleFile sole;
    private boolean lost;

    /** @param sole null to replace whatever is there */
    DriveUpload(DriveStorage storage, String path, DriveOptions options, SoleFile sole) {
        this.storage = storage;
        this.path = path;
        this.options = options;
        this.sole = sole;
    }

    Receipt run(Artifact artifact) throws IOException {
        return LostUploadException.retry(storage, path, artifact, this::once);
    }

    private Receipt once(Artifact artifact) throws IOException {
        try (PartSource source = PartSource.of(artifact)) {
            String parent = storage.folders().make(ObjectPath.folder(path));
            List<File> before = before(artifact);
            if (!before.isEmpty() && !storage.folders().mayReplace()) {
                throw new StorageException("storage " + storage + ": cannot replace " + path
                        + ": the account may add files and remove none; make it a content manager of the shared drive");
            }
            File metadata = new File().setName(ObjectPath.name(path)).setParents(List.of(parent));
            ResumableSession session =
                    storage.requests().send(() -> ResumableSession.start(storage.drive(), metadata, options));
            File file = send(session, source, artifact);
            Digest digest = artifact.digest();
            if (sole != null) {
                sole.require(file, before);
            }
            Proof proof = check(file, digest);
            for (File old : before) {
                storage.deleteFile(old.getId());
            }
            return new Receipt(path, digest, storage.location(path), proof, file.getSha256Checksum());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (LostUploadException e) {
            lost = true;
            throw e;
        } catch (IOException e) {
            ArtifactStream.rethrow(e);
            throw storage.failure("write", path, e);
        }
    }

    /** What is to be replaced. When an upload was lost, the server may have made a file of it all the same. */
    private List<File> before(Artifact artifact) throws IOException {
        if (sole == null) {
            return storage.folders().files(path);
        }
        if (!lost) {
            return sole.before();
        }
        String sha256 = artifact.digest().sha256();
        List<File> files = storage.folders().files(path);
        return !files.isEmpty() && sha256.equals(files.get(0).getSha256Checksum()) ? files : sole.before();
    }

    /** The last chunk makes the file, so the artifact must be known to be whole before it goes. */
    private File send(ResumableSession session, PartSource source, Artifact artifact) throws IOException {
        while (true) {
            PartSource.Part part = source.next(options.chunkSize());
            if (part.last()) {
                artifact.digest();
            }
            File file = send(session, part);
            if (file != null) {
                return file;
            }
            if (part.last()) {
                throw new TransientStorageException("storage " + storage + ": cannot write " + path
                        + ": the server took the last byte and made no file of it", null);
            }
        }
    }

    /** After a failure the server is asked how far it came; as long as it gets further, it is not given up. */
    private File send(ResumableSession session, PartSource.Part part) throws IOException {
        long end = part.offset() + part.length();
        long position = part.offset();
        int failures = 0;
        int silences = 0;
        boolean asks = false;
        while (true) {
            try {
                long from = position;
                boolean ask = asks;
                Progress progress = DriveRequests.once(() -> ask ? session.ask() : session.send(part, from));
                asks = false;
                if (progress.file() != null || progress.next() == end && !part.last()) {
                    return progress.file();
                }
                if (progress.next() < part.offset() || progress.next() > end) {
                    throw new LostUploadException("it has " + progress.next() + " bytes and had confirmed "
                            + part.offset(), null);
                }
                if (progress.next() > position) {
                    failures = 0;
                    silences = 0;
                } else if (++failures == options.backoff().attempts()) {
                    throw new TransientStorageException("storage " + storage + ": cannot write " + path
                            + ": the server does not take more than " + position + " bytes", null);
                }
                position = progress.next();
            } catch (IOException e) {
                ArtifactStream.rethrow(e);
                if (DriveFailure.isLost(e)) {
                    throw new LostUploadException(e.getMessage(), e);
                }
                silences += Silence.mayBeCauseOf(e) ? 1 : 0;
                if (!storage.requests().mayHelp(e) || e instanceof TransientStorageException
                        || e instanceof LostUploadException || isInterrupted(e)
                        || ++failures >= options.backoff().attempts() || silences == Silence.ATTEMPTS) {
                    throw e;
                }
                options.backoff().pause(failures, DriveFailure.retryAfter(e));
                asks = true;
            }
        }
    }

    private static boolean isInterrupted(IOException e) {
        return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }

    private Proof check(File file, Digest digest) throws IOException {
        try {
            return compare(file, digest);
        } catch (IOException e) {
            try {
                storage.deleteFile(file.getId());
            } catch (IOException failure) {
                e.addSuppressed(failure);
            }
            throw e;
        }
    }

    private Proof compare(File file, Digest digest) throws IOException {
        if (options.verify() == Verify.NONE) {
            return Proof.NONE;
        }
        long size = file.getSize() == null ? 0 : file.getSize();
        if (size != digest.size()) {
            throw VerificationException.size(storage.toString(), path, size, digest.size());
        }
        if (options.verify() == Verify.SIZE) {
            return Proof.SIZE;
        }
        boolean told = options.verify() == Verify.AUTO && file.getSha256Checksum() != null;
        String sha256 = told ? file.getSha256Checksum() : readBack(file);
        if (!sha256.equals(digest.sha256())) {
            throw VerificationException.digest(storage.toString(), path, "SHA-256 " + sha256, digest.sha256());
        }
        return told ? Proof.SHA256 : Proof.READ_BACK;
    }

    private String readBack(File file) throws IOException {
        return storage.requests().send(() -> {
            try (InputStream in = storage.open(file.getId(), path, 0)) {
                return Hasher.of(in).sha256();
            }
        });
    }
}
