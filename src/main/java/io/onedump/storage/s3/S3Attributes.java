package io.onedump.storage.s3;

import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What new objects are given.
 *
 * @param storageClass null for the bucket's default
 * @param encryption   null for the bucket's default
 * @param kmsKeyId     null for the account's default key
 */
public record S3Attributes(String storageClass, ServerSideEncryption encryption, String kmsKeyId) {

    public static final S3Attributes NONE = new S3Attributes(null, null, null);

    void applyTo(PutObjectRequest.Builder request) {
        request.storageClass(storageClass).serverSideEncryption(encryption).ssekmsKeyId(kmsKeyId);
    }

    void applyTo(CreateMultipartUploadRequest.Builder request) {
        request.storageClass(storageClass).serverSideEncryption(encryption).ssekmsKeyId(kmsKeyId);
    }
}
