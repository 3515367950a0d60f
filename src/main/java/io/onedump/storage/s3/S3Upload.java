package io.onedump.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.storage.ArtifactStream;
import io.onedump.storage.PartSource;
import io.onedump.storage.Proof;
import io.onedump.storage.Receipt;
import io.onedump.storage.StorageException;
import io.onedump.storage.UnexpectedAnswerException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One put: a single request for what is smaller than a part, else a multipart upload; then the proof. */
final class S3Upload {

    static final String CONTENT_TYPE = "application/octet-stream";

    private static final int FORBIDDEN = 403;

    private final S3Storage storage;
    private final String path;
    private final S3Options options;
    private final boolean resumes;
    private final ConditionalWrite write;

    /**
     * @param resumes whether it goes on with what an earlier one has left, and leaves what a later one can go on with
     * @param write   makes the object
     */
    S3Upload(S3Storage storage, String path, S3Options options, boolean resumes, ConditionalWrite write) {
        this.storage = storage;
        this.path = path;
        this.options = options;
        this.resumes = resumes;
        this.write = write;
    }

    Receipt run(Artifact artifact) throws IOException {
        try (PartSource source = PartSource.of(artifact)) {
            PartSource.Part first = source.next(options.partSize());
            Written written = first.last()
                    ? putWhole(first, artifact)
                    : new MultipartUpload(storage, path, options, resumes, write).run(first, source, artifact);
            Digest digest = artifact.digest();
            Proof proof = new S3Verification(storage, path, options).check(written, digest, !write.wanted());
            return new Receipt(path, digest, storage.location(path), proof, written.kept());
        } catch (SdkException e) {
            ArtifactStream.rethrow(e);
            write.checkAfter(e);
            throw storage.failure("write", path, explain(e));
        } catch (UncheckedIOException e) {
            ArtifactStream.rethrow(e);
            throw new StorageException("storage " + storage + ": cannot write " + path + ": " + e.getMessage(), e);
        } catch (UnexpectedAnswerException e) {
            throw e.in(storage.toString(), "write", path);
        } catch (NullPointerException | IllegalArgumentException | ClassCastException e) {
            ArtifactStream.rethrow(e);
            throw new UnexpectedAnswerException(e).in(storage.toString(), "write", path);
        }
    }

    /**
     * A server that refuses a large request while it still comes in often breaks the connection: asks it what was
     * wrong.
     */
    private SdkException explain(SdkException failure) {
        if (failure instanceof S3Exception || Thread.currentThread().isInterrupted()) {
            return failure;
        }
        try {
            storage.client().listObjectsV2(request -> request.bucket(storage.bucket()).maxKeys(1));
        } catch (S3Exception e) {
            // An account that may write need not be allowed to list.
            if (e.statusCode() != FORBIDDEN || !"AccessDenied".equals(S3Failure.code(e))) {
                return e;
            }
        } catch (SdkException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private Written putWhole(PartSource.Part part, Artifact artifact) throws IOException {
        Digest digest = artifact.digest();
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(storage.bucket()).key(storage.key(path)).contentType(CONTENT_TYPE);
        options.attributes().applyTo(request);
        if (options.sendsChecksums()) {
            request.checksumCRC32(Crc32.toBase64(digest.crc32()));
        }
        return write.send(condition -> putWhole(
                request.ifMatch(condition.ifMatch()).ifNoneMatch(condition.ifNoneMatch()).build(), part, digest));
    }

    /** The client sends it again by itself; the outcome of the last attempt may still be unknown. */
    private Written putWhole(PutObjectRequest request, PartSource.Part part, Digest digest) throws IOException {
        try (PartContent content = new PartContent(part, true)) {
            try {
                PutObjectResponse response = storage.client().putObject(request,
                        RequestBody.fromContentProvider(content, part.length(), CONTENT_TYPE));
                return Written.of(content.digest(), response.versionId()).as(response.eTag());
            } catch (SdkException e) {
                Written arrived = Written.of(content.digest(), null);
                if (new S3Verification(storage, path, options).hasArrived(arrived, digest, e)) {
                    return arrived;
                }
                throw e;
            }
        }
    }

    /**
     * An object as it was sent.
     *
     * @param etag      that a server has to report for it, null when it is not known
     * @param crc32     of the bytes that were sent, null when they were never sent completely
     * @param versionId null where the bucket keeps no versions
     * @param kept      the ETag by which the server has kept it, null when its answer was lost
     */
    record Written(String etag, Long crc32, String versionId, String kept) {

        static Written of(PartDigest whole, String versionId) {
            return whole == null
                    ? new Written(null, null, versionId, null)
                    : new Written(whole.etag(), whole.crc32(), versionId, null);
        }

        static Written of(List<PartDigest> parts, String versionId) {
            return new Written(PartDigest.etag(parts), PartDigest.crc32(parts), versionId, null);
        }

        Written as(String answered) {
            return new Written(etag, crc32, versionId, answered);
        }

        /** Whether {@code reported}, which servers write with or without quotes, says that it has what was sent. */
        boolean hasEtag(String reported) {
            return etag != null && reported != null && etag.equals(reported.replace("\"", ""));
        }
    }
}
