package io.onedump.storage.dropbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import com.dropbox.core.DbxException;
import com.dropbox.core.v2.files.CommitInfo;
import com.dropbox.core.v2.files.FileMetadata;
import com.dropbox.core.v2.files.UploadSessionAppendErrorException;
import com.dropbox.core.v2.files.UploadSessionCursor;
import com.dropbox.core.v2.files.UploadSessionFinishErrorException;
import com.dropbox.core.v2.files.WriteMode;
import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.storage.ArtifactStream;
import io.onedump.storage.PartSource;
import io.onedump.storage.Proof;
import io.onedump.storage.ReadBack;
import io.onedump.storage.Receipt;
import io.onedump.storage.VerificationException;
import io.onedump.storage.Verify;

/**
 * One put by <a
 * href="https://www.dropbox.com/developers/documentation/http/documentation#files-upload_session-start">an upload
 * session</a>, whatever the size. Nothing is visible before the session is finished, and a session that is left
 * vanishes after a week by itself.
 */
final class DropboxUpload {

    private final DropboxStorage storage;
    private final String path;
    private final DropboxOptions options;
    private final ContentHash hash = new ContentHash();
    private String session;

    DropboxUpload(DropboxStorage storage, String path, DropboxOptions options) {
        this.storage = storage;
        this.path = path;
        this.options = options;
    }

    Receipt run(Artifact artifact) throws IOException {
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
            return new Receipt(path, digest, storage.location(path), check(file, digest, contentHash));
        } catch (DbxException e) {
            ArtifactStream.rethrow(e);
            throw storage.failure("write", path, e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
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
                    if (!e.errorValue.isIncorrectOffset()) {
                        throw e;
                    }
                    long correct = e.errorValue.getIncorrectOffsetValue().getCorrectOffset();
                    if (correct == end) {
                        return null;
                    }
                    if (correct < part.offset() || correct > end || correct == position[0]) {
                        throw e;
                    }
                    position[0] = correct;
                }
            }
        });
    }

    private void upload(InputStream in, long position, long length) throws DbxException, IOException {
        if (session == null) {
            session = storage.files().uploadSessionStart().uploadAndFinish(in, length).getSessionId();
        } else {
            storage.files().uploadSessionAppendV2(new UploadSessionCursor(session, position)).uploadAndFinish(in,
                    length);
        }
    }

    /** When the answer was lost, the session is gone at the second try, and the file is there. */
    private FileMetadata finish(Digest digest, String contentHash) throws DbxException, IOException {
        CommitInfo commit = CommitInfo.newBuilder(storage.file(path))
                .withMode(WriteMode.OVERWRITE).withAutorename(false).withMute(true).build();
        UploadSessionCursor cursor = new UploadSessionCursor(session, digest.size());
        try {
            return storage.requests().send(() -> storage.files().uploadSessionFinish(cursor, commit)
                    .uploadAndFinish(InputStream.nullInputStream()));
        } catch (DbxException e) {
            boolean unknown = DropboxFailure.isTransient(e)
                    || e instanceof UploadSessionFinishErrorException finish && finish.errorValue.isLookupFailed();
            FileMetadata file = unknown ? metadataAfter(e) : null;
            if (file != null && contentHash.equals(file.getContentHash())) {
                return file;
            }
            throw e;
        }
    }

    private FileMetadata metadataAfter(DbxException failure) throws IOException {
        try {
            return storage.metadata(path);
        } catch (DbxException e) {
            failure.addSuppressed(e);
            return null;
        }
    }

    private Proof check(FileMetadata file, Digest digest, String contentHash) throws IOException {
        try {
            return compare(file, digest, contentHash);
        } catch (IOException e) {
            try {
                storage.delete(path);
            } catch (IOException failure) {
                e.addSuppressed(failure);
            }
            throw e;
        }
    }

    private Proof compare(FileMetadata file, Digest digest, String contentHash) throws IOException {
        if (options.verify() == Verify.NONE) {
            return Proof.NONE;
        }
        if (file.getSize() != digest.size()) {
            throw VerificationException.size(storage.toString(), path, file.getSize(), digest.size());
        }
        if (options.verify() == Verify.SIZE) {
            return Proof.SIZE;
        }
        if (hash.crc32() != digest.crc32()) {
            throw VerificationException.digest(storage.toString(), path, "CRC-32 " + hash.crc32(),
                    String.valueOf(digest.crc32()));
        }
        if (options.verify() == Verify.AUTO && file.getContentHash() != null) {
            if (!file.getContentHash().equals(contentHash)) {
                throw VerificationException.digest(storage.toString(), path, "content hash " + file.getContentHash(),
                        contentHash);
            }
            return Proof.CONTENT_HASH;
        }
        String sha256 = ReadBack.sha256(storage, path);
        if (!sha256.equals(digest.sha256())) {
            throw VerificationException.digest(storage.toString(), path, "SHA-256 " + sha256, digest.sha256());
        }
        return Proof.READ_BACK;
    }
}
