package io.onedump.storage.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import com.dropbox.core.DbxApiException;
import com.dropbox.core.http.HttpRequestor;
import com.dropbox.core.http.StandardHttpRequestor;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterRequestorTest {

    private final HttpRequestor requestor = new RetryAfterRequestor(StandardHttpRequestor.Config.DEFAULT_INSTANCE);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"409, 7, 7", "409, ' 12 ', 12", "409, soon, ", "409, , ", "503, 7, "})
    void knowsHowLongDropboxAsksToWaitWithAnOperation(int status, String header, Long seconds) throws IOException {
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (header != null) {
                exchange.getResponseHeaders().set("retry-after", header);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });

        post();

        assertThat(DropboxFailure.retryAfter(new DbxApiException("1", null, "too_many_write_operations")))
                .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    private void post() throws IOException {
        HttpRequestor.Uploader uploader = requestor.startPost(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/", List.of());
        try {
            uploader.upload(new byte[] {1});
            assertThat(uploader.finish().getStatusCode()).isNotZero();
        } finally {
            uploader.close();
        }
    }
}
