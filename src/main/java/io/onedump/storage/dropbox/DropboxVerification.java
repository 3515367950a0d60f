package io.onedump.storage.dropbox;

import java.io.IOException;

import com.dropbox.core.v2.files.FileMetadata;
import io.onedump.artifact.Digest;
import io.onedump.storage.Proof;
import io.onedump.storage.ReadBack;
import io.onedump.storage.VerificationException;
import io.onedump.storage.Verify;

/** Compares what Dropbox says it holds with what was sent, and deletes of what differs its own revision. */
record DropboxVerification(DropboxStorage storage, String path, Verify verify) {

    /**
     * What proves it.
     *
     * @param contentHash of what was sent
     * @param crc32       of the same
     */
    Proof check(FileMetadata file, Digest digest, String contentHash, long crc32) throws IOException {
        try {
            return compare(file, digest, contentHash, crc32);
        } catch (IOException e) {
            try {
                storage.deleteRevision(path, file.getRev());
            } catch (IOException failure) {
                e.addSuppressed(failure);
            }
            throw e;
        }
    }

    private Proof compare(FileMetadata file, Digest digest, String contentHash, long crc32) throws IOException {
        if (verify == Verify.NONE) {
            return Proof.NONE;
        }
        if (file.getSize() != digest.size()) {
            throw VerificationException.size(storage.toString(), path, file.getSize(), digest.size());
        }
        if (verify == Verify.SIZE) {
            return Proof.SIZE;
        }
        if (crc32 != digest.crc32()) {
            throw VerificationException.digest(storage.toString(), path, "CRC-32 " + crc32,
                    String.valueOf(digest.crc32()));
        }
        if (verify == Verify.AUTO && file.getContentHash() != null) {
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
