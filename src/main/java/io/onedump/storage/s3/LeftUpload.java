package io.onedump.storage.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.storage.PartSource;
import io.onedump.storage.s3.MultipartUpload.SentPart;
import org.slf4j.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * A multipart upload that broke off, and the parts that the server has of it, by their numbers.
 *
 * @param id null when there is none to go on with
 */
record LeftUpload(String id, Map<Integer, Part> parts) {

    static final LeftUpload NONE = new LeftUpload(null, Map.of());

    private static final Logger LOG = CleanLog.of(LeftUpload.class);

    /** One that begins with the artifact's first part; others are of an artifact that has changed, or cut otherwise. */
    static LeftUpload of(S3Storage storage, String path, PartSource.Part first) {
        String key = storage.key(path);
        try {
            for (var upload : StaleUploads.found(storage, key)) {
                if (upload.key().equals(key)) {
                    LeftUpload left = new LeftUpload(upload.uploadId(), parts(storage, key, upload.uploadId()));
                    if (left.find(1, first).isPresent()) {
                        LOG.info("storage {}: going on with the upload of {}, of which {} parts are"
                                + " there", storage, path,
                                left.parts.size());
                        return left;
                    }
                }
            }
        } catch (SdkException | NullPointerException e) {
            // Not every server and not every account lists uploads; a new one does not depend on it.
            LOG.debug("storage {}: cannot look for an upload of {} to go on with: {}", storage, path, e.getMessage());
        }
        return NONE;
    }

    /** The part if it is there with the size and the digest that it should have. */
    Optional<SentPart> find(int number, PartSource.Part wanted) {
        Part there = parts.get(number);
        if (there == null || there.size() == null || there.size() != wanted.length()) {
            return Optional.empty();
        }
        PartDigest digest = digest(wanted);
        return isOf(there, digest)
                ? Optional.of(new SentPart(CompletedPart.builder().partNumber(number).eTag(there.eTag())
                        .checksumCRC32(there.checksumCRC32()).build(), digest))
                : Optional.empty();
    }

    /**
     * By its MD5, which the ETag is; where the server encrypts with a customer's key it is none, but there is a CRC-32.
     */
    private static boolean isOf(Part there, PartDigest digest) {
        return there.eTag() != null && there.eTag().replace("\"", "").equals(digest.etag())
                || Crc32.toBase64(digest.crc32()).equals(there.checksumCRC32());
    }

    private static PartDigest digest(PartSource.Part part) {
        try (PartContent content = new PartContent(part, true)) {
            content.newStream().transferTo(OutputStream.nullOutputStream());
            return content.digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Integer, Part> parts(S3Storage storage, String key, String id) {
        Map<Integer, Part> parts = new HashMap<>();
        storage.client().listPartsPaginator(request -> request.bucket(storage.bucket()).key(key).uploadId(id)).stream()
                .limit(PartSizes.MOST_PARTS).flatMap(page -> page.parts().stream())
                .forEach(part -> parts.put(part.partNumber(), part));
        return parts;
    }
}
