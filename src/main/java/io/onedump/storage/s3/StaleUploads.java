package io.onedump.storage.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.onedump.artifact.CleanLog;
import io.onedump.storage.ObjectPath;
import org.slf4j.Logger;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Aborts what killed processes have left: uploads after a week, when none of them can still be at work, and those of
 * the same key as soon as one of them is an object, because the others can only fail then.
 */
final class StaleUploads {

    private static final Logger LOG = CleanLog.of(StaleUploads.class);
    private static final Duration ABANDONED = Duration.ofDays(7);
    private static final int MOST_PAGES = 100;

    private final S3Storage storage;
    private final Set<String> before = new HashSet<>();

    StaleUploads(S3Storage storage) {
        this.storage = storage;
    }

    /**
     * Before an upload.
     *
     * @param kept  the one that is gone on with; null for none
     * @param alone whether nobody else may be writing this key now
     */
    void abort(String path, String kept, boolean alone) {
        Instant limit = Instant.now().minus(ABANDONED);
        abort(storage.key(ObjectPath.folder(path)), upload -> {
            before.add(upload.uploadId());
            return alone && upload.key().equals(storage.key(path))
                    ? !upload.uploadId().equals(kept)
                    : upload.initiated() != null && upload.initiated().isBefore(limit);
        });
    }

    /**
     * After an upload: there may be earlier ones, and when the answer to its beginning was lost, the client has begun
     * another one.
     *
     * @param kept the one that a later run goes on with; null for none
     */
    void abortOthers(String path, String kept) {
        abort(storage.key(path), upload -> upload.key().equals(storage.key(path)) && !upload.uploadId().equals(kept));
    }

    /** After an upload that failed and that was perhaps begun several times; earlier ones may still be at work. */
    void abortNew(String path) {
        abort(storage.key(path), upload -> upload.key().equals(storage.key(path))
                && !before.contains(upload.uploadId()));
    }

    private void abort(String prefix, Predicate<MultipartUpload> stale) {
        try {
            for (MultipartUpload upload : found(storage, prefix)) {
                if (stale.test(upload)) {
                    LOG.info("storage {}: aborting the upload of {} that was begun at {} and left", storage,
                            upload.key(),
                            upload.initiated());
                    storage.client().abortMultipartUpload(request -> request.bucket(storage.bucket())
                            .key(upload.key()).uploadId(upload.uploadId()));
                }
            }
        } catch (RuntimeException e) {
            // Not every server and not every account lists uploads; the new one does not depend on it.
            LOG.debug("storage {}: cannot look for abandoned uploads: {}", storage, e.getMessage());
        }
    }

    /** Unfinished uploads; of a list without end, the beginning. */
    static List<MultipartUpload> found(S3Storage storage, String prefix) {
        return storage.client().listMultipartUploadsPaginator(
                request -> request.bucket(storage.bucket()).prefix(prefix)).stream().limit(MOST_PAGES)
                .flatMap(page -> page.uploads().stream())
                .filter(upload -> upload.key() != null && upload.uploadId() != null).toList();
    }
}
