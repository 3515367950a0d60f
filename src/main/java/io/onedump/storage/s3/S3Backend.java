package io.onedump.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.Nearest;
import io.onedump.artifact.WebAddress;
import io.onedump.storage.Backend;
import io.onedump.storage.ServerTimeouts;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageConfiguration;
import io.onedump.storage.StorageException;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws.common.AwsClientBuilderUtil;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.utils.AttributeMap;

/** Reads bucket, credentials and the rest from an {@code aws2-s3:} endpoint, or takes the client it was given. */
public final class S3Backend implements Backend {

    /** Any will do where the endpoint is given, but the client asks for one. */
    private static final String DEFAULT_REGION = "us-east-1";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    /** As Amazon calls them; those that came after this version of the SDK too. */
    private static final Pattern NEW_REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,3}-\\d{1,2}");
    /** Other servers, and old buckets in us-east-1, have capitals and underscores. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._-]+");

    private final AWS2S3Configuration configuration;
    private final S3Options options;
    private final Duration requestTimeout;
    private final ServerTimeouts timeouts;
    private final AtomicBoolean conditionsRefused = new AtomicBoolean();
    private S3Client client;

    private S3Backend(AWS2S3Configuration configuration, S3Options options, Duration requestTimeout,
            ServerTimeouts timeouts) {
        this.configuration = configuration;
        this.options = options;
        this.requestTimeout = requestTimeout;
        this.timeouts = timeouts;
    }

    public static S3Backend of(Endpoint endpoint, StorageConfiguration storage) {
        AWS2S3Configuration delegate = ((AWS2S3Endpoint) endpoint).getConfiguration();
        check(delegate);
        ServerSideEncryption encryption = delegate.isUseAwsKMS()
                ? ServerSideEncryption.AWS_KMS
                : delegate.isUseSSES3() ? ServerSideEncryption.AES256 : null;
        S3Attributes attributes =
                new S3Attributes(delegate.getStorageClass(), encryption, delegate.getAwsKMSKeyId());
        return new S3Backend(delegate, new S3Options(storage.getVerify(), storage.getPartSize(),
                storage.getConcurrency(), storage.getChecksum(), attributes,
                ContextThreads.of(endpoint.getCamelContext())),
                Duration.ofMillis(storage.getRequestTimeout()), storage.timeouts());
    }

    /** What only the first request would find; other servers know regions and storage classes of their own. */
    private static void check(AWS2S3Configuration delegate) {
        String endpoint = delegate.getUriEndpointOverride();
        if (endpoint != null && !WebAddress.isOne(endpoint)) {
            throw new IllegalArgumentException("option uriEndpointOverride: '" + endpoint + "' is no address such as"
                    + " https://s3.example.com");
        }
        boolean amazon = endpoint == null || !delegate.isOverrideEndpoint();
        String region = delegate.getRegion();
        if (region != null && !NAME.matcher(region).matches()) {
            throw new IllegalArgumentException("option region: '" + region + "' is no region such as eu-central-1"
                    + Nearest.suggestion(region, regions()));
        }
        if (amazon && region != null && !regions().contains(region) && !NEW_REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("option region: there is no region '" + region + "'"
                    + Nearest.suggestion(region, regions()));
        }
        String storageClass = delegate.getStorageClass();
        if (amazon && storageClass != null
                && StorageClass.fromValue(storageClass) == StorageClass.UNKNOWN_TO_SDK_VERSION) {
            List<String> known = StorageClass.knownValues().stream().map(StorageClass::toString).sorted().toList();
            throw new IllegalArgumentException("option storageClass: '" + storageClass + "' is not one of " + known
                    + Nearest.suggestion(storageClass, known));
        }
        String bucket = delegate.getBucketName();
        if (bucket != null && !bucket.startsWith("arn:") && !BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("option delegate: '" + bucket + "' is no name of a bucket: those are of"
                    + " letters, digits, dots and hyphens");
        }
    }

    private static List<String> regions() {
        return Region.regions().stream().map(Region::id).toList();
    }

    @Override
    public Storage open() throws IOException {
        String prefix = configuration.getPrefix() == null ? "" : configuration.getPrefix();
        return new S3Storage(client(), configuration.getBucketName(), prefix, options, conditionsRefused);
    }

    @Override
    public synchronized void close() {
        if (client != null && client != configuration.getAmazonS3Client()) {
            client.close();
        }
        client = null;
    }

    private synchronized S3Client client() throws IOException {
        if (client == null) {
            client = configuration.getAmazonS3Client() == null ? build() : configuration.getAmazonS3Client();
        }
        return client;
    }

    private S3Client build() throws IOException {
        if (configuration.getRegion() == null && configuration.isOverrideEndpoint()) {
            configuration.setRegion(DEFAULT_REGION);
        }
        try {
            return AwsClientBuilderUtil.buildClient(configuration, S3Client::builder, this::configure);
        } catch (SdkClientException e) {
            throw new StorageException("storage s3://" + configuration.getBucketName() + ": " + e.getMessage()
                    + "; check the options region and uriEndpointOverride", e);
        }
    }

    private void configure(S3ClientBuilder builder) {
        builder.forcePathStyle(configuration.isForcePathStyle());
        // Camel has chosen one of the two, and the SDK takes one only.
        builder.httpClient(null);
        builder.httpClientBuilder(new PatientBuilder());
        builder.overrideConfiguration(override -> {
            override.addExecutionInterceptor(new ListReader());
            if (!requestTimeout.isZero()) {
                // A server that takes or gives a byte from time to time would hold it for ever.
                override.apiCallAttemptTimeout(requestTimeout);
            }
        });
        if (!options.sendsChecksums()) {
            builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
    }

    private SdkHttpClient httpClient(AttributeMap defaults) {
        ApacheHttpClient.Builder http = ApacheHttpClient.builder().connectionTimeout(timeouts.connect())
                .socketTimeout(timeouts.answer());
        if (configuration.getProxyHost() != null && configuration.getProxyPort() != null) {
            http.proxyConfiguration(ProxyConfiguration.builder().endpoint(URI.create(configuration.getProxyProtocol()
                    + "://" + configuration.getProxyHost() + ":" + configuration.getProxyPort())).build());
        }
        AttributeMap attributes = configuration.isTrustAllCertificates()
                ? AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build()
                        .merge(defaults)
                : defaults;
        return new PatientHttpClient(http.buildWithDefaults(attributes), timeouts, options.threads());
    }

    /** So that the client which the SDK makes of it is closed with its own. */
    private final class PatientBuilder implements SdkHttpClient.Builder<PatientBuilder> {

        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return httpClient(defaults);
        }
    }
}
