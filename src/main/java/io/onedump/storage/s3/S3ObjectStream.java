package io.onedump.storage.s3;

import java.io.IOException;

import io.onedump.storage.ObjectStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object on its way from S3; its failures are those of the storage. */
final class S3ObjectStream extends ObjectStream {

    private final S3Storage storage;
    private final String path;
    private final ResponseInputStream<GetObjectResponse> response;

    S3ObjectStream(S3Storage storage, String path, ResponseInputStream<GetObjectResponse> response) {
        super(response, response.response().contentLength() == null ? -1 : response.response().contentLength());
        this.storage = storage;
        this.path = path;
        this.response = response;
    }

    @Override
    protected IOException failure(Exception e) {
        return e instanceof SdkException sdk
                ? storage.failure("read", path, sdk)
                : S3Failure.broken(storage, "read", path, e);
    }

    @Override
    protected void abort() {
        response.abort();
    }
}
