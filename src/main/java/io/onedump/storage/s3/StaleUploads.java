package io.onedump.storage.s3;

import java.time.Duration;
import java.time.Instant;

import io.onedump.storage.ObjectPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Aborts what killed processes have left: uploads of the same key at once, because nobody else may write it now, and
 * uploads of other keys in the same folder after a week, when none of them can still be at work.
 */
record StaleUploads(S3Storage storage) {

    private static final Logger LOG = LoggerFactory.getLogger(StaleUploads.class);
    private static final Duration ABANDONED = Duration.ofDays(7);

    void abort(String path) {
        String key = storage.key(path);
        Instant limit = Instant.now().minus(ABANDONED);
        try {
            for (MultipartUpload upload : storage.client().listMultipartUploadsPaginator(
                    request -> request.bucket(storage.bucket()).prefix(storage.key(ObjectPath.folder(path)))).uploads()) {
                if (upload.key().equals(key) || upload.initiated() != null && upload.initiated().isBefore(limit)) {
                    LOG.info("storage {}: aborting the upload of {} that was begun at {} and left", storage, upload.key(),
                            upload.initiated());
                    storage.client().abortMultipartUpload(request -> request.bucket(storage.bucket())
                            .key(upload.key()).uploadId(upload.uploadId()));
                }
            }
        } catch (SdkException e) {
            // Not every server and not every account lists uploads; the new one does not depend on it.
            LOG.debug("storage {}: cannot look for abandoned uploads: {}", storage, e.getMessage());
        }
    }
}
