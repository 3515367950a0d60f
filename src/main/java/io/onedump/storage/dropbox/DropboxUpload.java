package io.onedump.storage.dropbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutionException;

import com.dropbox.core.DbxException;
import com.dropbox.core.NetworkIOException;
import com.dropbox.core.v2.files.CommitInfo;
import com.dropbox.core.v2.files.FileMetadata;
import com.dropbox.core.v2.files.UploadSessionAppendError;
import com.dropbox.core.v2.files.UploadSessionAppendErrorException;
import com.dropbox.core.v2.files.UploadSessionCursor;
import com.dropbox.core.v2.files.UploadSessionFinishErrorException;
import com.dropbox.core.v2.files.WriteConflictError;
import com.dropbox.core.v2.files.WriteMode;
import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.storage.ArtifactStream;
import io.onedump.storage.GuardedBody;
import io.onedump.storage.LostUploadException;
import io.onedump.storage.PartSource;
import io.onedump.storage.Receipt;
import io.onedump.storage.StoredMeanwhileException;

/**
 * One put by <a
 * href="https://www.dropbox.com/developers/documentation/http/documentation#files-upload_session-start">an upload
 * session</a>, whatever the size. Nothing is visible before the session is finished, and a session that is left
 * vanishes after a week by itself. One that the server has lost is begun anew.
 */
final class DropboxUpload {

    private final DropboxStorage storage;
    private final String path;
    private final DropboxOptions options;
    private WriteMode mode;
    private ContentHash hash;
    private String session;

    /** @param mode what it may replace */
    DropboxUpload(DropboxStorage storage, String path, DropboxOptions options, WriteMode mode) {
        this.storage = storage;
        this.path = path;
        this.options = options;
        this.mode = mode;
    }

    Receipt run(Artifact artifact) throws IOException {
        return LostUploadException.retry(storage, path, artifact, this::once);
    }

    private Receipt once(Artifact artifact) throws IOException {
        hash = new ContentHash();
        session = null;
        try (PartSource source = PartSource.of(artifact)) {
            PartSource.Part part;
            do {
                part = source.next(Math.min(options.chunkSize(), source.ceiling()));
                hash.update(part.open());
                send(part);
            } while (!part.last());
            Digest digest = artifact.digest();
            String contentHash = hash.hex();
            FileMetadata file = finish(digest, contentHash);
            return new Receipt(path, digest, storage.location(path),
                    new DropboxVerification(storage, path, options.verify()).check(file, digest, contentHash,
                            hash.crc32()),
                    file.getRev());
        } catch (DbxException e) {
            ArtifactStream.rethrow(e);
            throw storage.failure("write", path, e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (LostUploadException e) {
            throw e;
        } catch (IOException e) {
            throw storage.failure("write", path, e);
        }
    }

    /** Where the server says that it has more or less of the session than we think, goes on from there. */
    private void send(PartSource.Part part) throws DbxException, IOException {
        long end = part.offset() + part.length();
        long[] position = {part.offset()};
        storage.requests().send(() -> {
            while (true) {
                try (InputStream in = part.open()) {
                    in.skipNBytes(position[0] - part.offset());
                    upload(in, position[0], end - position[0]);
                    return null;
                } catch (UploadSessionAppendErrorException e) {
                    long correct = correctOffset(e);
                    if (correct == end) {
                        return null;
                    }
                    if (correct < part.offset() || correct > end || correct == position[0]) {
                        throw new LostUploadException(e.getMessage(), e);
                    }
                    position[0] = correct;
                }
            }
        });
    }

    private static long correctOffset(UploadSessionAppendErrorException e)
            throws UploadSessionAppendErrorException, LostUploadException {
        UploadSessionAppendError error = e.errorValue;
        if (error.isNotFound() || error.isClosed()) {
            throw new LostUploadException(e.getMessage(), e);
        }
        if (!error.isIncorrectOffset()) {
            throw e;
        }
        return error.getIncorrectOffsetValue().getCorrectOffset();
    }

    private void upload(InputStream in, long position, long length) throws DbxException, IOException {
        if (session == null) {
            session = transfer(in, length, body -> storage.files().uploadSessionStart().uploadAndFinish(body, length))
                    .getSessionId();
        } else {
            UploadSessionCursor cursor = new UploadSessionCursor(session, position);
            transfer(in, length, body -> {
                storage.files().uploadSessionAppendV2(cursor).uploadAndFinish(body, length);
                return null;
            });
        }
    }

    private <T> T transfer(InputStream in, long length, GuardedBody.Request<T> request)
            throws DbxException, IOException {
        try {
            return GuardedBody.send(options.threads(), in, length, options.timeouts().answer(), request);
        } catch (SocketTimeoutException e) {
            throw new NetworkIOException(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof DbxException failure) {
                throw failure;
            }
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
        }
    }

    /** When the answer was lost, the session is gone at the second try, and the file is there. */
    private FileMetadata finish(Digest digest, String contentHash) throws DbxException, IOException {
        CommitInfo commit = CommitInfo.newBuilder(storage.file(path))
                .withMode(mode).withAutorename(false).withStrictConflict(true).withMute(true).build();
        UploadSessionCursor cursor = new UploadSessionCursor(session, digest.size());
        try {
            return storage.requests().send(() -> storage.files().uploadSessionFinish(cursor, commit)
                    .uploadAndFinish(InputStream.nullInputStream()));
        } catch (DbxException e) {
            if (isConflict(e)) {
                return settle(contentHash, e);
            }
            boolean lost = e instanceof UploadSessionFinishErrorException finish && finish.errorValue.isLookupFailed();
            FileMetadata file = lost || DropboxFailure.isTransient(e) ? metadataAfter(e) : null;
            if (file != null && contentHash.equals(file.getContentHash())) {
                return file;
            }
            if (lost) {
                throw new LostUploadException(e.getMessage(), e);
            }
            throw e;
        }
    }

    private static boolean isConflict(DbxException e) {
        return e instanceof UploadSessionFinishErrorException finish && finish.errorValue.isPath()
                && finish.errorValue.getPathValue().isConflict()
                && finish.errorValue.getPathValue().getConflictValue() == WriteConflictError.FILE;
    }

    /** What is in the way may be the file itself, when the answer to the first try was lost. */
    private FileMetadata settle(String contentHash, DbxException conflict) throws DbxException, IOException {
        FileMetadata file = storage.metadata(path);
        if (file == null) {
            // What was to be replaced has been removed.
            mode = WriteMode.ADD;
            throw new LostUploadException(conflict.getMessage(), conflict);
        }
        if (contentHash.equals(file.getContentHash())) {
            return file;
        }
        throw new StoredMeanwhileException(storage, path, conflict);
    }

    private FileMetadata metadataAfter(DbxException failure) throws IOException {
        try {
            return storage.metadata(path);
        } catch (DbxException e) {
            failure.addSuppressed(e);
            return null;
        }
    }
}
