package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ProxyIT {

    private S3Proxy s3;

    @BeforeAll
    void start() {
        s3 = S3Proxy.start();
    }

    @AfterAll
    void stop() {
        s3.close();
    }

    @Test
    void keepsObjectsAsFiles() {
        s3.createBucket("files");
        s3.client().putObject(request -> request.bucket("files").key("a/b"), RequestBody.fromString("content"));
        assertThat(s3.objects("files")).containsExactly("a/b");
        assertThat(s3.folder("files").resolve("a/b")).hasContent("content");
    }

    @Test
    void tellsPendingUploads() {
        s3.createBucket("pending");
        assertThat(s3.pendingUploads("pending")).isEmpty();
        String id = s3.client().createMultipartUpload(request -> request.bucket("pending").key("half")).uploadId();
        assertThat(s3.pendingUploads("pending")).containsExactly("half");
        assertThat(s3.objects("pending")).isEmpty();
        s3.client().abortMultipartUpload(request -> request.bucket("pending").key("half").uploadId(id));
        assertThat(s3.pendingUploads("pending")).isEmpty();
    }

    @Test
    void refusesContentThatDoesNotMatchItsDigest() {
        s3.createBucket("digests");
        assertThatThrownBy(() -> s3.client().putObject(
                request -> request.bucket("digests").key("a").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                RequestBody.fromString("content"))).isInstanceOf(S3Exception.class);
    }
}
