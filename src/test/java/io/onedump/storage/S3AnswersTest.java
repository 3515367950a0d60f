package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.onedump.artifact.BytesArtifact;
import io.onedump.servers.CloudAnswer;
import io.onedump.servers.CloudRequest;
import io.onedump.servers.PlainS3;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.ScriptedCloud;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no S3 gives, and servers that know less than S3. */
@Timeout(60)
class S3AnswersTest {

    private static final String OBJECT = "<Contents><Key>a/x.sql</Key><Size>5</Size>"
            + "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>";

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    private Backend backend(String endpoint, String more) {
        return context.getEndpoint("storage:aws2-s3:b?accessKey=" + S3Proxy.ACCESS_KEY + "&secretKey=RAW("
                + S3Proxy.SECRET_KEY + ")&region=us-east-1&overrideEndpoint=true&forcePathStyle=true&prefix=a/"
                + "&uriEndpointOverride=" + endpoint + more, StorageEndpoint.class).getBackend();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated><NextContinuationToken>x"
                    + "</NextContinuationToken>" + OBJECT + "</ListBucketResult>",
            "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated><NextContinuationToken>%d"
                    + "</NextContinuationToken>" + OBJECT + "</ListBucketResult>",
            "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated><NextContinuationToken>%d"
                    + "</NextContinuationToken></ListBucketResult>",
            "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated>" + OBJECT + "</ListBucketResult>",
            "<ListBucketResult><Name>b</Name><Contents><Key>b/x</Key><Size>5</Size></Contents></ListBucketResult>",
            "<ListBucketResult><Name>b</Name><Contents><Size>5</Size></Contents></ListBucketResult>",
            "<ListBucketResult><Name>b</Name><Contents><Key>a/x</Key><Size>-5</Size></Contents></ListBucketResult>",
            "<ListBucketResult><Name>b</Name><Contents><Key>a/x</Key></Contents></ListBucketResult>",
            "<ListBucketResult><Name>b</Name><Contents><Key>a/x</Key><Size>many</Size></Contents></ListBucketResult>",
            "<html><body>Please log in.</body></html>",
            "<html><body>Please log in.<br></body></html>",
            "<ListBucketResult><Name>b",
            ""})
    void failsForAListThatIsNone(String list) throws Exception {
        AtomicInteger page = new AtomicInteger();
        try (ScriptedCloud server = ScriptedCloud.start(request -> ScriptedCloud.xml(200,
                list.replace("%d", String.valueOf(page.incrementAndGet()))));
                Backend backend = backend(server.endpoint().toString(), "");
                Storage storage = backend.open()) {
            assertThatThrownBy(() -> storage.list("", object -> {
            })).isInstanceOf(StorageException.class).hasMessageStartingWith("storage s3://b/a/: cannot list")
                    .hasMessageNotContaining("Exception");
        }
    }

    @Test
    void endsAListThatGoesOnWithNewNamesForEver() throws Exception {
        AtomicInteger page = new AtomicInteger();
        try (ScriptedCloud server = ScriptedCloud.start(request -> ScriptedCloud.xml(200, ("<ListBucketResult><Name>b"
                + "</Name><IsTruncated>true</IsTruncated><NextContinuationToken>%d</NextContinuationToken><Contents>"
                + "<Key>a/x%d</Key><Size>5</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
                + "</ListBucketResult>").replace("%d", String.valueOf(page.incrementAndGet()))));
                Backend backend = backend(server.endpoint().toString(), "");
                Storage storage = backend.open()) {
            assertThatThrownBy(() -> storage.list("", object -> {
            })).isInstanceOf(StorageException.class)
                    .hasMessageContaining("names on 500 pages and goes on");
        }
    }

    /** Two processes with one name: that the other's object is not ours is no reason to remove it. */
    @ParameterizedTest
    @CsvSource({"ours, 1", "theirs, 0"})
    void removesOnlyWhatItHasPutThereItself(String there, int deletions) throws Exception {
        AtomicInteger deleted = new AtomicInteger();
        try (ScriptedCloud server = ScriptedCloud.start(request -> switch (request.method()) {
            case "PUT" -> CloudAnswer.empty(200, Map.of("ETag", "\"ours\""));
            case "DELETE" -> {
                deleted.incrementAndGet();
                yield CloudAnswer.empty(204, Map.of());
            }
            default -> CloudAnswer.empty(200, Map.of("ETag", "\"" + there + "\""));
        }); Backend backend = backend(server.endpoint().toString(), ""); Storage storage = backend.open()) {
            assertThatThrownBy(() -> storage.put("x.sql", new BytesArtifact("x.sql", new byte[7])))
                    .isInstanceOf(VerificationException.class);
            assertThat(deleted).hasValue(deletions);
        }
    }

    @Test
    void breaksTheConnectionOfWhatItDoesNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (ScriptedCloud server = ScriptedCloud.start(request -> ScriptedCloud.large(1L << 40, Map.of(), sent));
                Backend backend = backend(server.endpoint().toString(), "");
                Storage storage = backend.open()) {
            try (InputStream in = storage.get("x.sql.checksum", 0)) {
                assertThat(in.readNBytes(10)).hasSize(10);
            }
            long closed = sent.get();
            Awaitility.await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5))
                    .until(() -> sent.get() < closed + (16L << 20));
        }
    }

    @Test
    void doesNotTakeTheWholeForAPart() throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(request -> CloudAnswer.text(200, "text/plain", "0123456789"));
                Backend backend = backend(server.endpoint().toString(), "");
                Storage storage = backend.open()) {
            assertThatThrownBy(() -> storage.get("x.sql", 4)).isInstanceOf(StorageException.class)
                    .hasMessageContaining("from byte 4 on and sends all of it");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 12_000_000})
    void storesNothingWhereEveryAnswerIsAPage(int size) throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(S3AnswersTest::page);
                Backend backend = backend(server.endpoint().toString(), "&partSize=5242880");
                Storage storage = backend.open()) {
            assertThatThrownBy(() -> storage.put("x.sql", new BytesArtifact("x.sql", new byte[size])))
                    .isInstanceOf(StorageException.class).hasMessageStartingWith("storage s3://b/a/: ");
        }
    }

    private static CloudAnswer page(CloudRequest request) {
        return request.method().equals("HEAD")
                ? CloudAnswer.empty(200, Map.of("Content-Length", "31"))
                : CloudAnswer.text(200, "text/html", "<html><body>Hello.</body></html>");
    }

    @Test
    void failsWhenTheEtagIsAnothersAndWhatIsReadBackToo() throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(request -> switch (request.method()) {
            case "HEAD" -> CloudAnswer.empty(200, Map.of("Content-Length", "5", "ETag", "\"0123\""));
            case "PUT" -> CloudAnswer.empty(200, Map.of("ETag", "\"0123\""));
            default -> CloudAnswer.text(200, "application/octet-stream", "other");
        }); Backend backend = backend(server.endpoint().toString(), ""); Storage storage = backend.open()) {
            assertThatThrownBy(() -> storage.put("x.sql", new BytesArtifact("x.sql", "hello".getBytes())))
                    .isInstanceOf(VerificationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 6_000_000})
    void sendsNothingNewWhereChecksumsAreNotWanted(int size) throws Exception {
        try (PlainS3 server = PlainS3.start();
                Backend backend = backend(server.endpoint().toString(),
                        "&partSize=5242880&checksum=WHEN_REQUIRED");
                Storage storage = backend.open()) {
            storage.put("x.sql", new BytesArtifact("x.sql", new byte[size]));
            assertThat(storage.stat("x.sql").orElseThrow().size()).isEqualTo(size);
            assertThat(storage.list("")).hasSize(1);
            try (InputStream in = storage.get("x.sql", 0)) {
                assertThat(in.readAllBytes()).hasSize(size);
            }
            assertThat(ReadBack.sha256(storage, "x.sql")).isEqualTo(
                    new BytesArtifact("x.sql", new byte[size]).digest().sha256());
            storage.resume("x.sql", new BytesArtifact("x.sql", new byte[size]));
            storage.delete("x.sql");
            assertThat(storage.stat("x.sql")).isEmpty();
            assertThat(server.refused()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 12_000_000})
    void namesTheWayOutWhereTheServerDoesNotKnowChecksums(int size) throws Exception {
        try (PlainS3 server = PlainS3.start();
                Backend backend = backend(server.endpoint().toString(), "&partSize=5242880");
                Storage storage = backend.open()) {
            assertThatThrownBy(() -> storage.put("x.sql", new BytesArtifact("x.sql", new byte[size])))
                    .isInstanceOf(StorageException.class).hasMessageContaining("try checksum: when-required");
        }
    }
}
