package io.onedump.storage.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.storage.StoredMeanwhileException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.s3.S3Upload.Written;
import org.slf4j.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes an object by
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">conditional requests</a>, so
 * that it replaces nothing but what was seen. Servers that do not know conditions are asked without them after a last
 * look.
 *
 * @param wanted  whether there is something to keep to
 * @param before  what was seen; null for nothing
 * @param refused that the server knows no conditions, shared by all that write to it
 */
record ConditionalWrite(S3Storage storage, String path, boolean wanted, StoredObject before, AtomicBoolean refused) {

    private static final Logger LOG = CleanLog.of(ConditionalWrite.class);
    private static final Backoff PATIENCE = new Backoff(5, Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;

    /** A request that makes the object. */
    interface Request {
        Written send(Condition condition) throws IOException;
    }

    /** The headers of a request, null where it has none. */
    record Condition(String ifMatch, String ifNoneMatch) {

        static final Condition NONE = new Condition(null, null);
        static final Condition FREE = new Condition(null, "*");

        static Condition of(StoredObject object) {
            return object == null ? FREE : new Condition(object.tag(), null);
        }
    }

    /** @throws StoredMeanwhileException when something else is there */
    Written send(Request request) throws IOException {
        Condition condition = wanted && !refused.get() ? Condition.of(before) : Condition.NONE;
        for (int failures = 1;; failures++) {
            try {
                return request.send(condition);
            } catch (S3Exception e) {
                if (condition.equals(Condition.NONE)) {
                    throw e;
                }
                boolean last = failures == PATIENCE.attempts();
                if (mayBeUnknown(e)) {
                    return sendWithout(request, e);
                } else if (e.statusCode() == PRECONDITION_FAILED) {
                    condition = after(e);
                    if (last) {
                        return sendWithout(request, e);
                    }
                } else if (isGone(e) && !last) {
                    condition = Condition.FREE;
                } else if (e.statusCode() == CONFLICT && !last) {
                    PATIENCE.pause(failures, null);
                } else {
                    throw e;
                }
            }
        }
    }

    /** What was seen is there unchanged, or nothing is: somebody was quicker to remove than we were to look. */
    private Condition after(S3Exception e) throws IOException {
        Optional<StoredObject> now = storage.stat(path);
        if (now.isPresent() && !isBefore(now.get())) {
            throw new StoredMeanwhileException(storage, path, e);
        }
        return Condition.of(now.orElse(null));
    }

    private boolean isBefore(StoredObject now) {
        return before != null && (before.tag() == null ? now.equals(before) : before.tag().equals(now.tag()));
    }

    /** Other reasons for the refusal show when it is refused again. */
    private Written sendWithout(Request request, S3Exception refusal) throws IOException {
        StoredMeanwhileException.check(storage, path, before);
        Written written = request.send(Condition.NONE);
        if (refused.compareAndSet(false, true)) {
            LOG.info("storage {}: the server knows no conditional writes ({}): it is looked at what is there right"
                    + " before", storage, refusal.getMessage());
        }
        return written;
    }

    /**
     * Whoever has completed an upload of the same name aborts the others, which could only fail.
     *
     * @throws StoredMeanwhileException when that is why the request failed
     */
    void checkAfter(SdkException failure) throws IOException {
        if (wanted && failure instanceof S3Exception e && S3Failure.isNoSuchUpload(e)) {
            StoredMeanwhileException.check(storage, path, before);
        }
    }

    static boolean mayBeUnknown(S3Exception e) {
        String said = String.valueOf(e.getMessage());
        return e.statusCode() == NOT_IMPLEMENTED
                || e.statusCode() == BAD_REQUEST && (said.contains("If-") || said.contains("onditional")
                        || "InvalidArgument".equals(S3Failure.code(e)) || "InvalidRequest".equals(S3Failure.code(e)));
    }

    private static boolean isGone(S3Exception e) {
        return e.statusCode() == NOT_FOUND && !S3Failure.isNoSuchBucket(e) && !S3Failure.isNoSuchUpload(e);
    }
}
