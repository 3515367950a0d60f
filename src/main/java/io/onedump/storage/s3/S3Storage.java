package io.onedump.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Backoff;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.Readers;
import io.onedump.storage.Receipt;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredMeanwhileException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.UnexpectedAnswerException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of S3 or of what speaks its protocol, from a key prefix on. The client is shared and not closed. */
public final class S3Storage implements Storage {

    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int READERS = 32;

    private static final Backoff CUT_OFF = new Backoff(3, Duration.ofMillis(200), Duration.ofSeconds(2));

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final S3Options options;
    private final AtomicBoolean conditionsRefused;

    /** @param prefix put before every path as it is; may be empty */
    public S3Storage(S3Client client, String bucket, String prefix, S3Options options) {
        this(client, bucket, prefix, options, new AtomicBoolean());
    }

    /** @param conditionsRefused that the server knows no conditional writes, shared by all storages of one server */
    S3Storage(S3Client client, String bucket, String prefix, S3Options options, AtomicBoolean conditionsRefused) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.options = options;
        this.conditionsRefused = conditionsRefused;
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        return new S3Upload(this, path, options, false, anyway(path)).run(artifact);
    }

    @Override
    public Receipt replace(String path, StoredObject before, Artifact artifact) throws IOException {
        return new S3Upload(this, path, options, false,
                new ConditionalWrite(this, path, true, before, conditionsRefused)).run(artifact);
    }

    private ConditionalWrite anyway(String path) {
        return new ConditionalWrite(this, path, false, null, conditionsRefused);
    }

    /**
     * Parts that the server has of an unfinished upload are kept when they have the size and the digest of the
     * artifact's.
     */
    @Override
    public Receipt resume(String path, Artifact artifact) throws IOException {
        return new S3Upload(this, path, options, true, anyway(path)).run(artifact);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        try {
            HeadObjectResponse head = client.headObject(request -> request.bucket(bucket).key(key(path)));
            return Optional.of(object(path, head.contentLength(), head.lastModified(), head.eTag()));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failure("look at", path, e);
        } catch (RuntimeException | UnexpectedAnswerException e) {
            throw failure("look at", path, e);
        }
    }

    @Override
    public void list(String start, Visitor visitor) throws IOException {
        new S3Listing(this, start).all(List::of, visitor);
    }

    @Override
    public void list(String start, Bounds bounds, Visitor visitor) throws IOException {
        new S3Listing(this, start).all(bounds, visitor);
    }

    @Override
    public boolean listAfter(String start, String after, Visitor visitor) throws IOException {
        return new S3Listing(this, start).after(after, visitor);
    }

    /** Asks again when an answer was cut off, after which the SDK gives up. */
    static <T> T whole(Supplier<T> request) throws InterruptedIOException {
        for (int failures = 1;; failures++) {
            try {
                return request.get();
            } catch (SdkException e) {
                if (!S3Failure.isCutOff(e) || failures == CUT_OFF.attempts()) {
                    throw e;
                }
                CUT_OFF.pause(failures, null);
            }
        }
    }

    static StoredObject object(String path, Long size, Instant modified, String tag)
            throws UnexpectedAnswerException {
        if (size == null || size < 0) {
            throw new UnexpectedAnswerException("it says that " + path + " has "
                    + (size == null ? "no size" : size + " bytes"));
        }
        return new StoredObject(path, size, modified, tag);
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        return get(path, offset, Long.MAX_VALUE);
    }

    @Override
    public InputStream get(String path, long offset, long length) throws IOException {
        try {
            return open(path, offset, length);
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            if (e.statusCode() == NOT_FOUND && !S3Failure.isNoSuchBucket(e)) {
                throw new ObjectNotFoundException(location(path), e);
            }
            throw failure("read", path, e);
        } catch (RuntimeException | UnexpectedAnswerException e) {
            throw failure("read", path, e);
        }
    }

    private InputStream open(String path, long offset, long length) throws UnexpectedAnswerException {
        boolean whole = offset == 0 && length == Long.MAX_VALUE;
        String end = length == Long.MAX_VALUE ? "" : String.valueOf(offset + length - 1);
        ResponseInputStream<GetObjectResponse> object = client.getObject(request -> request.bucket(bucket)
                .key(key(path)).range(whole ? null : "bytes=" + offset + "-" + end));
        String range = object.response().contentRange();
        if (offset > 0 && (range == null || !range.startsWith("bytes " + offset + "-"))) {
            object.abort();
            throw new UnexpectedAnswerException("it was asked for an object from byte " + offset + " on and sends "
                    + (range == null ? "all of it" : range));
        }
        return new S3ObjectStream(this, path, object);
    }

    /** The client has 50 connections. */
    @Override
    public Readers readers() {
        return new Readers(options.threads(), READERS);
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(key(path)));
        } catch (RuntimeException e) {
            throw failure("delete", path, e);
        }
    }

    /** Servers that do not know the condition delete whatever is there. */
    @Override
    public void delete(String path, StoredObject seen) throws IOException {
        StoredMeanwhileException.check(this, path, seen);
        try {
            client.deleteObject(request -> request.bucket(bucket).key(key(path))
                    .ifMatch(conditionsRefused.get() ? null : seen.tag()));
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                throw new StoredMeanwhileException(this, path, e);
            }
            if (ConditionalWrite.mayBeUnknown(e)) {
                delete(path);
            } else if (e.statusCode() != NOT_FOUND || S3Failure.isNoSuchBucket(e)) {
                throw failure("delete", path, e);
            }
        } catch (RuntimeException e) {
            throw failure("delete", path, e);
        }
    }

    @Override
    public String location(String path) {
        return "s3://" + bucket + "/" + key(path);
    }

    @Override
    public void close() {
        // The client belongs to who made it.
    }

    @Override
    public String toString() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    S3Client client() {
        return client;
    }

    String bucket() {
        return bucket;
    }

    String key(String path) {
        return prefix + path;
    }

    /** Of a key that begins as {@link #key} makes them. */
    String path(String key) {
        return key.substring(prefix.length());
    }

    boolean sendsChecksums() {
        return options.sendsChecksums();
    }

    IOException failure(String action, String path, Exception e) {
        if (e instanceof SdkException sdk) {
            return S3Failure.of(this, action, path, sdk);
        }
        UnexpectedAnswerException unexpected = e instanceof UnexpectedAnswerException known
                ? known
                : new UnexpectedAnswerException((RuntimeException) e);
        return unexpected.in(toString(), action, path);
    }
}
