package io.onedump.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.onedump.servers.FaultyHttpClient;
import io.onedump.servers.FaultyHttpClient.Fault;
import io.onedump.servers.S3Proxy;
import io.onedump.storage.s3.S3Attributes;
import io.onedump.storage.s3.S3Checksum;
import io.onedump.storage.s3.S3Options;
import io.onedump.storage.s3.S3Storage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;

class S3Faults extends FaultPlans {

    private static final String BUCKET = "backups";
    private static final BackoffStrategy QUICKLY = BackoffStrategy.fixedDelay(Duration.ofMillis(50));

    private final FaultyHttpClient http = new FaultyHttpClient(ApacheHttpClient.create());
    private S3Proxy server;
    private S3Client client;

    @BeforeAll
    void start() {
        server = S3Proxy.start();
        server.createBucket(BUCKET);
        client = S3Client.builder().endpointOverride(server.endpoint()).region(Region.of(S3Proxy.REGION))
                .overrideConfiguration(
                        retries -> retries.retryStrategy(AwsRetryStrategy.legacyRetryStrategy().toBuilder()
                                .backoffStrategy(QUICKLY).throttlingBackoffStrategy(QUICKLY).build()))
                .forcePathStyle(true).httpClient(http).credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Proxy.ACCESS_KEY, S3Proxy.SECRET_KEY)))
                .build();
    }

    @AfterAll
    void stop() {
        client.close();
        http.close();
        server.close();
    }

    @Override
    List<Plan> plans() {
        Map<String, Predicate<SdkHttpRequest>> stages = new LinkedHashMap<>();
        stages.put("create", request -> request.method() == SdkHttpMethod.POST && has(request, "uploads"));
        stages.put("first part", request -> "1".equals(parameter(request, "partNumber")));
        stages.put("last part", request -> "4".equals(parameter(request, "partNumber")));
        stages.put("complete", request -> request.method() == SdkHttpMethod.POST && has(request, "uploadId"));
        stages.put("verify", request -> request.method() == SdkHttpMethod.HEAD);
        List<Plan> plans = new ArrayList<>();
        stages.forEach((stage, where) -> addPlans(plans, stage, 3L * CHUNK + 77, where));
        addPlans(plans, "single put", 1000, request -> request.method() == SdkHttpMethod.PUT);
        return plans;
    }

    private void addPlans(List<Plan> plans, String stage, long size, Predicate<SdkHttpRequest> where) {
        for (Fault fault : Fault.values()) {
            if (fault != Fault.STALL) {
                Plan plan = new Plan(fault + " at " + stage, size, () -> http.plan(fault, 1, where));
                // The client has no way to a new token.
                plans.add(fault == Fault.EXPIRED_TOKEN ? plan : plan.thatIsCured());
            }
        }
        Duration stall = stage.equals("last part") ? LONG_STALL : STALL;
        plans.add(new Plan(stall + " stall at " + stage, size, () -> http.planStall(stall, where))
                .thatIsCured());
        plans.add(new Plan("INTERNAL_ERROR twice at " + stage, size, () -> http.plan(Fault.INTERNAL_ERROR, 2, where))
                .thatIsCured());
        plans.add(
                new Plan("INTERNAL_ERROR for good at " + stage, size, () -> http.plan(Fault.INTERNAL_ERROR, 4, where)));
    }

    private static boolean has(SdkHttpRequest request, String parameter) {
        return request.rawQueryParameters().containsKey(parameter);
    }

    private static String parameter(SdkHttpRequest request, String name) {
        return request.firstMatchingRawQueryParameter(name).orElse(null);
    }

    @Override
    Storage open() {
        return new S3Storage(client, BUCKET, "",
                new S3Options(Verify.AUTO, CHUNK, 2, S3Checksum.WHEN_SUPPORTED, S3Attributes.NONE));
    }

    @Override
    List<String> leftovers() {
        return server.pendingUploads(BUCKET);
    }

    @Override
    boolean happened() {
        return http.fired() > 0;
    }

    @Override
    void heal() {
        http.plan(Fault.STALL, 0, request -> false);
    }
}
