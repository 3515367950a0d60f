package io.onedump.storage.s3;

import java.io.IOException;

import io.onedump.artifact.Digest;
import io.onedump.storage.Proof;
import io.onedump.storage.ReadBack;
import io.onedump.storage.StoredMeanwhileException;
import io.onedump.storage.VerificationException;
import io.onedump.storage.Verify;
import io.onedump.storage.s3.S3Upload.Written;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Compares what the server says it holds with what was sent, and deletes what differs. */
record S3Verification(S3Storage storage, String path, S3Options options) {

    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int SERVER_ERROR = 500;

    /** @param alone whether nobody else is expected to write this key, so that what differs is damaged */
    Proof check(Written written, Digest digest, boolean alone) throws IOException {
        if (options.verify() == Verify.NONE) {
            return Proof.NONE;
        }
        try {
            return compare(head(), written, digest);
        } catch (IOException | SdkException e) {
            boolean replaced = written.versionId() == null && written.kept() != null && isReplaced(written.kept());
            if (replaced && !alone) {
                throw new StoredMeanwhileException(storage, path, e);
            }
            if (replaced) {
                // What another process has put there since stays: it may be whole.
                e.addSuppressed(new StoredMeanwhileException(storage, path));
            } else {
                delete(written, e);
            }
            throw e;
        }
    }

    /**
     * Whether the object is there and whole although the server's answer said otherwise or was lost: a request that the
     * client sent twice succeeds at first and fails then.
     */
    boolean hasArrived(Written written, Digest digest, SdkException failure) throws IOException {
        boolean unknown = !(failure instanceof S3Exception s3) || s3.statusCode() >= SERVER_ERROR
                || s3.statusCode() == NOT_FOUND && !S3Failure.isNoSuchBucket(s3)
                || s3.statusCode() == PRECONDITION_FAILED;
        if (!unknown) {
            return false;
        }
        try {
            HeadObjectResponse head = head();
            return head.contentLength() != null && head.contentLength() == digest.size()
                    && (Crc32.toBase64(digest.crc32()).equals(fullCrc32(head))
                            || written.hasEtag(head.eTag()));
        } catch (SdkException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private Proof compare(HeadObjectResponse head, Written written, Digest digest) throws IOException {
        long size = head.contentLength() == null ? 0 : head.contentLength();
        if (size != digest.size()) {
            throw VerificationException.size(storage.toString(), path, size, digest.size());
        }
        if (options.verify() == Verify.SIZE) {
            return Proof.SIZE;
        }
        String crc32 = fullCrc32(head);
        if (options.verify() == Verify.READ_BACK) {
            return readBack(digest);
        }
        if (crc32 != null) {
            String expected = Crc32.toBase64(digest.crc32());
            if (!crc32.equals(expected)) {
                throw VerificationException.digest(storage.toString(), path, "CRC-32 " + crc32, expected);
            }
            return Proof.CRC32;
        }
        if (written.crc32() == null || written.crc32() != digest.crc32()) {
            throw VerificationException.digest(storage.toString(), path, "CRC-32 " + written.crc32(),
                    String.valueOf(digest.crc32()));
        }
        // An ETag that differs proves nothing: with some encryptions it is not an MD5.
        return written.hasEtag(head.eTag()) ? Proof.ETAG : readBack(digest);
    }

    private Proof readBack(Digest digest) throws IOException {
        String sha256 = ReadBack.sha256(storage, path);
        if (!sha256.equals(digest.sha256())) {
            throw VerificationException.digest(storage.toString(), path, "SHA-256 " + sha256, digest.sha256());
        }
        return Proof.READ_BACK;
    }

    /** Whether something else is there for certain. */
    private boolean isReplaced(String etag) {
        try {
            return !etag.equals(head().eTag());
        } catch (SdkException e) {
            return false;
        }
    }

    private HeadObjectResponse head() {
        return storage.client().headObject(HeadObjectRequest.builder().bucket(storage.bucket()).key(storage.key(path))
                .checksumMode(options.sendsChecksums() ? ChecksumMode.ENABLED : null).build());
    }

    /** Null where the server knows none, or only one of the parts' checksums. */
    private static String fullCrc32(HeadObjectResponse head) {
        return head.checksumType() == ChecksumType.COMPOSITE ? null : head.checksumCRC32();
    }

    /**
     * By its version where the bucket keeps them, so that the one before is the current one again.
     */
    private void delete(Written written, Exception cause) {
        try {
            storage.client().deleteObject(DeleteObjectRequest.builder().bucket(storage.bucket()).key(storage.key(path))
                    .versionId(written.versionId()).build());
        } catch (SdkException e) {
            cause.addSuppressed(e);
        }
    }
}
