package io.onedump.storage.s3;

import java.util.Locale;
import java.util.Set;

import io.onedump.artifact.RootCause;
import io.onedump.storage.Silence;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What S3's errors mean for the one who has to do something about them, after
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">its list of error codes</a>.
 */
final class S3Failure {

    private static final Set<String> BUSY = Set.of("SlowDown", "RequestTimeout", "OperationAborted", "BadDigest",
            "RequestTimeTooSkewed", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch", "IncompleteBody",
            "ExpiredToken", "ConditionalRequestConflict");
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_IMPLEMENTED = 501;

    private S3Failure() {
    }

    static StorageException of(S3Storage storage, String action, String path, SdkException e) {
        String what = "storage " + storage + ": cannot " + action + " " + path + ": ";
        if (e instanceof S3Exception s3) {
            String reason = what + reason(storage, s3);
            return isTransient(s3) ? new TransientStorageException(reason, e) : new StorageException(reason, e);
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials")) {
            return new StorageException(what + "there are no credentials; set accessKey and secretKey, or"
                    + " useDefaultCredentialsProvider with credentials in the environment", e);
        }
        if (e instanceof SdkClientException && !(e instanceof RetryableException)
                && message.contains("Unable to load region")) {
            return new StorageException(what + "there is no region; set region", e);
        }
        if (Silence.isCauseOf(e) || e instanceof ApiCallAttemptTimeoutException) {
            return new TransientStorageException(what + "the server has not answered in time: " + root(e)
                    + "; check the network, region and uriEndpointOverride", e);
        }
        if (isUnreadable(e)) {
            return new TransientStorageException(what + "the server's answer cannot be understood: " + root(e)
                    + "; check uriEndpointOverride", e);
        }
        return new TransientStorageException(what + "the server cannot be reached: " + root(e)
                + "; check the network, region and uriEndpointOverride", e);
    }

    /** Of what broke off in the middle of an object. */
    static StorageException broken(S3Storage storage, String action, String path, Exception e) {
        return new TransientStorageException("storage " + storage + ": cannot " + action + " " + path + ": "
                + (Silence.isCauseOf(e) ? "the server has not answered in time: " : "the connection broke: ")
                + root(e), e);
    }

    /** That an answer ended in its middle, though not in silence, which costs the whole wait again. */
    static boolean isCutOff(SdkException e) {
        return !(e instanceof S3Exception) && isUnreadable(e) && !Silence.isCauseOf(e);
    }

    private static boolean isUnreadable(SdkException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("nable to unmarshall") || message.contains("ould not parse XML");
    }

    static boolean isNoSuchBucket(S3Exception e) {
        return "NoSuchBucket".equals(code(e));
    }

    static boolean isNoSuchUpload(S3Exception e) {
        return "NoSuchUpload".equals(code(e));
    }

    /** Whether an upload is gone, or its parts are being taken from it. */
    static boolean isUploadTaken(S3Exception e) {
        return isNoSuchUpload(e) || "InvalidPart".equals(code(e));
    }

    static String code(S3Exception e) {
        return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    }

    private static boolean isTransient(S3Exception e) {
        String code = code(e);
        return e.statusCode() >= 500 && e.statusCode() != 501 || e.statusCode() == TOO_MANY_REQUESTS
                || code != null && BUSY.contains(code);
    }

    private static String reason(S3Storage storage, S3Exception e) {
        // The answer to HEAD has no body, so nothing but the status is known.
        String code = code(e) == null ? String.valueOf(e.statusCode()) : code(e);
        String said = e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
                ? ""
                : ": " + e.awsErrorDetails().errorMessage();
        return switch (code) {
            case "NoSuchBucket" -> "there is no bucket '" + storage.bucket() + "'; create it or correct its name";
            case "AccessDenied", "403" -> "access denied; check accessKey and secretKey, which need s3:PutObject,"
                    + " s3:GetObject, s3:DeleteObject, s3:ListBucket and s3:AbortMultipartUpload there";
            case "InvalidAccessKeyId" -> "the access key is not known; correct accessKey";
            case "SignatureDoesNotMatch" -> "the secret key is wrong; correct secretKey";
            case "ExpiredToken", "TokenRefreshRequired" -> "the session token has expired; renew it";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                "the bucket is in another region" + region(e) + "; correct region";
            case "NotImplemented", "InvalidArgument" -> code + said + (storage.sendsChecksums()
                    ? "; if this is not Amazon's S3, try checksum: when-required"
                    : "");
            default -> "the server answered " + e.statusCode() + " " + code + said + advice(storage, e, said);
        };
    }

    /** Servers that do not know Amazon's checksums name the header, or answer to HEAD without a word. */
    private static String advice(S3Storage storage, S3Exception e, String said) {
        boolean may = said.toLowerCase(Locale.ROOT).contains("checksum") || said.contains("x-amz-")
                || said.isEmpty() && (e.statusCode() == BAD_REQUEST || e.statusCode() == NOT_IMPLEMENTED);
        return may && storage.sendsChecksums()
                ? "; if this is not Amazon's S3, try checksum: when-required"
                : "";
    }

    private static String region(S3Exception e) {
        return e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region")
                .map(region -> ", " + region).orElse("");
    }

    private static String root(Throwable e) {
        Throwable root = RootCause.of(e);
        return root.getMessage() == null ? root.toString() : root.getMessage().replaceAll("\\s*\n\\s*", ": ");
    }
}
