package io.onedump.app.config;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads route files from an S3 bucket into memory. Credentials, region and endpoint are those of the AWS SDK's default
 * chains: the environment, system properties, the profile, the machine's role.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">the SDK's settings</a>
 */
final class S3RouteFiles {

    static final String SCHEME = "s3://";

    private final String bucket;
    private final S3Client client;

    private S3RouteFiles(String bucket, S3Client client) {
        this.bucket = bucket;
        this.client = client;
    }

    /**
     * One file with what it is read together with, when the address ends in {@code .yaml} or {@code .yml}; else all
     * files directly below it.
     */
    static List<RouteFile> find(String config) {
        String address = config.substring(SCHEME.length());
        int slash = address.indexOf('/');
        String bucket = slash < 0 ? address : address.substring(0, slash);
        String key = slash < 0 ? "" : address.substring(slash + 1);
        if (bucket.isEmpty()) {
            throw new ConfigurationException(Problem.of(config, "no bucket is named; write s3://bucket/key-or-prefix"));
        }
        try (S3Client client = client()) {
            S3RouteFiles files = new S3RouteFiles(bucket, client);
            List<RouteFile> found = RouteFiles.isYaml(key) ? files.one(key) : files.below(key);
            RouteFiles.requireNames(found.stream().map(RouteFile::name).toList());
            return found;
        } catch (SdkException e) {
            throw new ConfigurationException(Problem.of(config, reason(bucket, e)));
        }
    }

    private List<RouteFile> one(String key) {
        List<RouteFile> files = new ArrayList<>(List.of(read(key)));
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        for (String shared : RouteFiles.SHARED) {
            if (!key.equals(folder + shared)) {
                try {
                    files.add(read(folder + shared));
                } catch (NoSuchKeyException e) {
                    // Not every folder has them.
                }
            }
        }
        return files;
    }

    private List<RouteFile> below(String key) {
        String prefix = key.isEmpty() || key.endsWith("/") ? key : key + "/";
        List<RouteFile> files = client
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix).delimiter("/")).contents()
                .stream()
                .filter(object -> RouteFiles.isYaml(object.key())).map(object -> read(object.key())).toList();
        if (files.isEmpty()) {
            throw new ConfigurationException(Problem.of(SCHEME + bucket + "/" + prefix,
                    "no *.camel.yaml object is directly below this prefix"));
        }
        return files;
    }

    private RouteFile read(String key) {
        return new RouteFile(SCHEME + bucket + "/" + key,
                client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray());
    }

    /** S3 servers of others than Amazon are usually not reached by a host name for each bucket. */
    private static S3Client client() {
        S3Client client = client(false);
        if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
            return client;
        }
        client.close();
        return client(true);
    }

    private static S3Client client(boolean pathStyle) {
        return S3Client.builder().region(region()).crossRegionAccessEnabled(!pathStyle).forcePathStyle(pathStyle)
                .build();
    }

    /** Amazon tells the bucket's own region to those who ask in a wrong one; others do not care. */
    private static Region region() {
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException e) {
            return Region.US_EAST_1;
        }
    }

    private static String reason(String bucket, SdkException e) {
        if (!(e instanceof S3Exception s3)) {
            String message = String.valueOf(e.getMessage());
            return message.contains("Unable to load credentials")
                    ? "there are no credentials for S3; set"
                            + " AWS_ACCESS_KEY_ID"
                            + " and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
                    : "S3 cannot be reached: " + message
                            + "; check the network and AWS_ENDPOINT_URL_S3";
        }
        String code = s3.awsErrorDetails() == null ? "" : String.valueOf(s3.awsErrorDetails().errorCode());
        return switch (code) {
            case "NoSuchBucket" -> "there is no bucket '" + bucket + "'; create it or correct its name";
            case "NoSuchKey" -> "there is no such object; correct the name, or name a prefix that ends with a slash";
            case "AccessDenied" -> "access denied; the credentials need s3:GetObject and s3:ListBucket there";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken" ->
                "S3 refuses the credentials (" + code + "); correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                        + " AWS_PROFILE";
            default -> "S3 answered " + s3.statusCode() + " " + s3.getMessage();
        };
    }
}
