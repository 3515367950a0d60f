package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

import com.dropbox.core.v2.DbxClientV2;
import io.onedump.artifact.BytesArtifact;
import io.onedump.servers.CloudServer;
import io.onedump.servers.DriveClients;
import io.onedump.servers.DropboxClients;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.FakeDropbox;
import io.onedump.servers.HttpFault;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.SilentServer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers in the cloud that are connected and silent cost a failure in bounded time, one that may be tried again. */
@Timeout(60)
class SilentCloudTest {

    private static final String PATIENCE = "&answerTimeout=500";
    private static final int LARGE = 20_000_000;

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "http  | ''",
            "https | ''",
            "http  | HTTP/1.1 200 OK~Content-Len",
            "http  | HTTP/1.1 200 OK~Content-Type: application/xml~Content-Length: 1000~~<ListBucketResult>"})
    void s3(String scheme, String words) throws Exception {
        try (SilentServer server = SilentServer.saying(words.replace("~", "\r\n"));
                Backend backend = s3(server, scheme)) {
            givesUp(backend, storage -> storage.list("", object -> {
            }));
            assertThat(server.connections()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void s3InTheMiddleOfAnObject() throws Exception {
        try (SilentServer server = SilentServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n"
                + "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\nhello"); Backend backend = s3(server, "http")) {
            givesUp(backend, storage -> {
                try (InputStream in = storage.get("x", 0)) {
                    in.readAllBytes();
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"1000", "20000000"})
    void s3ThatReadsNothing(int size) throws Exception {
        try (SilentServer server = SilentServer.saying(""); Backend backend = s3(server, "http")) {
            givesUp(backend, storage -> storage.put("x", new BytesArtifact("x", new byte[size])));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "http  | ''",
            "https | ''",
            "http  | HTTP/1.1 200 OK~Content-Len",
            "http  | HTTP/1.1 200 OK~Content-Type: application/json~Content-Length: 1000~~{"})
    void googleDrive(String scheme, String words) throws Exception {
        try (SilentServer server = SilentServer.saying(words.replace("~", "\r\n"));
                Backend backend = drive(server.endpoint(scheme).toString(), "token")) {
            givesUp(backend, storage -> storage.list("", object -> {
            }));
            assertThat(server.connections()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void googleDriveThatReadsNothing() throws Exception {
        try (FakeDrive server = FakeDrive.start(20);
                Backend backend = drive(server.endpoint().toString(), server.accessToken())) {
            readsNothing(server);
            givesUp(backend, storage -> storage.put("x", new BytesArtifact("x", new byte[LARGE])));
        }
    }

    @Test
    void dropboxThatReadsNothing() throws Exception {
        try (FakeDropbox server = FakeDropbox.start(20); Backend backend = dropbox(server)) {
            readsNothing(server);
            givesUp(backend, storage -> storage.put("x", new BytesArtifact("x", new byte[LARGE])));
        }
    }

    private static void readsNothing(CloudServer server) {
        HttpFault[] faults = new HttpFault[10];
        Arrays.fill(faults, HttpFault.unread(Duration.ofSeconds(20),
                request -> request.path().contains("/session/") || request.path().contains("/upload_session/")));
        server.plan(faults);
    }

    private interface Use {
        void of(Storage storage) throws IOException;
    }

    private static void givesUp(Backend backend, Use use) throws IOException {
        try (Storage storage = backend.open()) {
            assertThatThrownBy(() -> use.of(storage)).isInstanceOf(TransientStorageException.class)
                    .hasMessageMatching(
                            "(?s)storage .*: cannot .*(in time|cannot be reached|Timeout|cannot be understood).*");
        }
    }

    private Backend s3(SilentServer server, String scheme) {
        return backend("aws2-s3:b?accessKey=" + S3Proxy.ACCESS_KEY + "&secretKey=RAW(" + S3Proxy.SECRET_KEY
                + ")&region=us-east-1&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride="
                + server.endpoint(scheme));
    }

    private Backend drive(String endpoint, String token) {
        context.getRegistry().bind("drive", new DriveClients(endpoint));
        return backend("google-drive:drive-files/create?clientFactory=#drive&clientId=" + FakeDrive.CLIENT_ID
                + "&clientSecret=" + FakeDrive.CLIENT_SECRET + "&accessToken=" + token);
    }

    private Backend dropbox(FakeDropbox server) {
        DbxClientV2 client = DropboxClients.withToken(server.endpoint().toString(), server.accessToken());
        context.getRegistry().bind("dropbox", client);
        return backend("dropbox:put?client=#dropbox&remotePath=/Backups");
    }

    private Backend backend(String delegate) {
        return context.getEndpoint("storage:" + delegate + PATIENCE, StorageEndpoint.class).getBackend();
    }
}
