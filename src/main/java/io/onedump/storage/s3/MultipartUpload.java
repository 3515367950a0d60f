package io.onedump.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Threads;
import io.onedump.storage.ArtifactStream;
import io.onedump.storage.PartSource;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import io.onedump.storage.UnexpectedAnswerException;
import io.onedump.storage.s3.S3Upload.Written;
import org.slf4j.Logger;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends parts in parallel while the artifact is still being written. Whatever goes wrong, the upload is aborted, unless
 * a later one may go on with it.
 */
final class MultipartUpload {

    private static final Logger LOG = CleanLog.of(MultipartUpload.class);
    private static final Backoff COMPLETION = new Backoff(7, Duration.ofMillis(200), Duration.ofSeconds(5));

    private final S3Storage storage;
    private final String path;
    private final S3Options options;
    private final boolean resumes;
    private final ConditionalWrite write;
    private final Threads.Pool senders;
    private final Semaphore free;
    private final List<Future<SentPart>> parts = new ArrayList<>();
    /** How often the server was asked to begin; it may have done so each time. */
    private final AtomicInteger begun = new AtomicInteger();
    private LeftUpload left = LeftUpload.NONE;
    private volatile Throwable failure;
    private volatile boolean serverChecksums;

    /**
     * @param resumes whether it goes on with what an earlier one has left, and leaves what a later one can go on with
     * @param write   makes the object
     */
    MultipartUpload(S3Storage storage, String path, S3Options options, boolean resumes, ConditionalWrite write) {
        this.storage = storage;
        this.path = path;
        this.options = options;
        this.resumes = resumes;
        this.write = write;
        this.free = new Semaphore(options.concurrency());
        this.senders = options.threads().pool("s3 " + path, options.concurrency());
    }

    Written run(PartSource.Part first, PartSource source, Artifact artifact) throws IOException {
        StaleUploads stale = new StaleUploads(storage);
        String kept = null;
        boolean done = false;
        try {
            if (resumes) {
                left = LeftUpload.of(storage, path, first);
            }
            stale.abort(path, left.id(), resumes);
            String id = left.id() == null ? create() : left.id();
            try {
                Written written = complete(id, send(id, first, source), artifact.digest());
                done = true;
                return written;
            } catch (IOException | RuntimeException e) {
                if (resumes && mayGoOnAfter(e)) {
                    kept = id;
                } else {
                    abort(id, e);
                }
                throw e;
            }
        } finally {
            senders.close();
            if (done || resumes) {
                stale.abortOthers(path, kept);
            } else if (begun.get() > 1) {
                stale.abortNew(path);
            }
        }
    }

    private boolean mayGoOnAfter(Exception e) {
        return e instanceof InterruptedIOException || e instanceof AbortedException
                || e instanceof SdkException sdk && ArtifactStream.cause(e) == null
                        && storage.failure("write", path, sdk) instanceof TransientStorageException;
    }

    private String create() throws IOException {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(storage.bucket()).key(storage.key(path)).contentType(S3Upload.CONTENT_TYPE);
        options.attributes().applyTo(request);
        if (options.sendsChecksums()) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32).checksumType(ChecksumType.FULL_OBJECT);
        }
        CreateMultipartUploadRequest beginning =
                request.overrideConfiguration(override -> override.addMetricPublisher(new Attempts(begun))).build();
        String id = S3Storage.whole(() -> storage.client().createMultipartUpload(beginning)).uploadId();
        if (id == null || id.isEmpty()) {
            throw new UnexpectedAnswerException("it begins an upload and gives it no ID");
        }
        return id;
    }

    /** Takes the next part only when a sender is free, which bounds what is in memory. */
    private List<SentPart> send(String id, PartSource.Part first, PartSource source) throws IOException {
        PartSizes sizes = new PartSizes(options.partSize(),
                Math.min(PartSizes.LARGEST, Math.max(options.partSize(), source.ceiling())));
        try {
            PartSource.Part part = first;
            for (int number = 1;; number++) {
                free.acquire();
                if (failure != null) {
                    break;
                }
                if (number > 1) {
                    part = source.next(sizes.of(number));
                }
                submit(id, number, part);
                if (part.last()) {
                    break;
                }
                if (number == PartSizes.MOST_PARTS) {
                    throw new StorageException("storage " + storage + ": cannot write " + path + ": it does not fit in "
                            + PartSizes.MOST_PARTS + " parts; set a larger partSize, or spool to true");
                }
            }
            List<SentPart> sent = new ArrayList<>(parts.size());
            for (Future<SentPart> future : parts) {
                sent.add(future.get());
            }
            return sent;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("storage " + storage + ": interrupted while writing " + path);
        } catch (ExecutionException e) {
            // The first failure is the cause; the others may only be its consequence.
            Throwable cause = failure;
            if (cause instanceof IOException io) {
                throw io;
            }
            throw cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
        }
    }

    private void submit(String id, int number, PartSource.Part part) {
        parts.add(senders.submit(() -> {
            try {
                return send(id, number, part);
            } catch (RuntimeException | Error e) {
                fail(e);
                throw e;
            } finally {
                free.release();
            }
        }));
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    private SentPart send(String id, int number, PartSource.Part part) {
        SentPart kept = left.find(number, part).orElse(null);
        if (kept != null) {
            serverChecksums |= options.sendsChecksums() && kept.completed().checksumCRC32() != null;
            return kept;
        }
        UploadPartRequest.Builder request = UploadPartRequest.builder()
                .bucket(storage.bucket()).key(storage.key(path)).uploadId(id).partNumber(number);
        if (options.sendsChecksums()) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32);
        }
        // Servers that answer with a CRC-32 can prove the whole by it; an MD5 would be wasted on them.
        try (PartContent content = new PartContent(part, !serverChecksums)) {
            UploadPartResponse response = storage.client().uploadPart(request.build(),
                    RequestBody.fromContentProvider(content, part.length(), S3Upload.CONTENT_TYPE));
            serverChecksums |= options.sendsChecksums() && response.checksumCRC32() != null;
            LOG.debug("{}: part {} of {} bytes sent", path, number, part.length());
            return new SentPart(CompletedPart.builder().partNumber(number).eTag(response.eTag())
                    .checksumCRC32(options.sendsChecksums() ? response.checksumCRC32() : null).build(),
                    content.digest());
        }
    }

    /** The digest is asked for first: when the artifact's writer failed, it throws, and nothing is completed. */
    private Written complete(String id, List<SentPart> sent, Digest digest) throws IOException {
        CompleteMultipartUploadRequest.Builder request = CompleteMultipartUploadRequest.builder()
                .bucket(storage.bucket()).key(storage.key(path)).uploadId(id)
                .multipartUpload(upload -> upload.parts(sent.stream().map(SentPart::completed).toList()));
        if (serverChecksums) {
            request.checksumType(ChecksumType.FULL_OBJECT).checksumCRC32(Crc32.toBase64(digest.crc32()));
        }
        List<PartDigest> digests = sent.stream().map(SentPart::digest).toList();
        return write.send(condition -> complete(
                request.ifMatch(condition.ifMatch()).ifNoneMatch(condition.ifNoneMatch()).build(), digests, digest));
    }

    private Written complete(CompleteMultipartUploadRequest request, List<PartDigest> digests, Digest digest)
            throws IOException {
        try {
            CompleteMultipartUploadResponse answer = storage.client().completeMultipartUpload(request);
            return Written.of(digests, answer.versionId()).as(answer.eTag());
        } catch (SdkException e) {
            return awaitArrival(Written.of(digests, null), digest, e);
        }
    }

    /**
     * When the answer was lost, the client asks again while the server may still be at work on the first request: then
     * the upload or some of its parts are gone, and the object not yet there.
     */
    private Written awaitArrival(Written written, Digest digest, SdkException failure) throws IOException {
        S3Verification verification = new S3Verification(storage, path, options);
        for (int failures = 1;; failures++) {
            if (verification.hasArrived(written, digest, failure)) {
                return written;
            }
            boolean gone = failure instanceof S3Exception s3 && S3Failure.isUploadTaken(s3);
            if (!gone || failures == COMPLETION.attempts()) {
                throw failure;
            }
            COMPLETION.pause(failures, null);
        }
    }

    /** Waits for the senders first: a part that arrives after the abort would stay. */
    private void abort(String id, Exception cause) {
        boolean interrupted = Thread.interrupted();
        senders.close();
        try {
            senders.awaitEnd(Duration.ofMinutes(1));
            storage.client().abortMultipartUpload(
                    request -> request.bucket(storage.bucket()).key(storage.key(path)).uploadId(id));
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (SdkException e) {
            cause.addSuppressed(e);
            LOG.warn("storage {}: the unfinished upload of {} stays until the next run or the bucket's lifecycle rule"
                    + " removes it: {}", storage, path, e.getMessage());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts how often a request was sent. */
    private record Attempts(AtomicInteger count) implements MetricPublisher {

        @Override
        public void publish(MetricCollection call) {
            call.metricValues(CoreMetric.RETRY_COUNT).forEach(retries -> count.addAndGet(1 + retries));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** A part that the server has. */
    record SentPart(CompletedPart completed, PartDigest digest) {
    }
}
