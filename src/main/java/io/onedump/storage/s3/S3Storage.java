package io.onedump.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import io.onedump.artifact.Artifact;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.Receipt;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of S3 or of what speaks its protocol, from a key prefix on. The client is shared and not closed. */
public final class S3Storage implements Storage {

    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final S3Options options;

    /** @param prefix put before every path as it is; may be empty */
    public S3Storage(S3Client client, String bucket, String prefix, S3Options options) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.options = options;
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        return new S3Upload(this, path, options, false).run(artifact);
    }

    /**
     * Parts that the server has of an unfinished upload are kept when they have the size and the digest of the
     * artifact's.
     */
    @Override
    public Receipt resume(String path, Artifact artifact) throws IOException {
        return new S3Upload(this, path, options, true).run(artifact);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        try {
            HeadObjectResponse head = client.headObject(request -> request.bucket(bucket).key(key(path)));
            return Optional.of(new StoredObject(path, head.contentLength(), head.lastModified()));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failure("look at", path, e);
        } catch (SdkException e) {
            throw failure("look at", path, e);
        }
    }

    @Override
    public void list(String start, Visitor visitor) throws IOException {
        try {
            for (S3Object object : client
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(key(start))).contents()) {
                visitor.visit(new StoredObject(object.key().substring(prefix.length()), object.size(),
                        object.lastModified()));
            }
        } catch (SdkException e) {
            throw failure("list", start, e);
        }
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        try {
            return client.getObject(request -> request.bucket(bucket).key(key(path))
                    .range(offset == 0 ? null : "bytes=" + offset + "-"));
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            if (e.statusCode() == NOT_FOUND && !S3Failure.isNoSuchBucket(e)) {
                throw new ObjectNotFoundException(location(path), e);
            }
            throw failure("read", path, e);
        } catch (SdkException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(key(path)));
        } catch (SdkException e) {
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

    IOException failure(String action, String path, SdkException e) {
        return S3Failure.of(this, action, path, e);
    }
}
