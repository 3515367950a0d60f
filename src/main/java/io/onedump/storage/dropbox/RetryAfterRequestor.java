package io.onedump.storage.dropbox;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.dropbox.core.http.HttpRequestor;
import com.dropbox.core.http.StandardHttpRequestor;

/**
 * Keeps how long Dropbox asks to wait with an error of an operation (409): of these the SDK hides all headers. The
 * thread that has sent the request is the one that asks.
 */
final class RetryAfterRequestor extends HttpRequestor {

    private static final int CONFLICT = 409;
    private static final String RETRY_AFTER = "Retry-After";
    private static final ThreadLocal<Duration> ASKED = new ThreadLocal<>();

    private final HttpRequestor requestor;

    RetryAfterRequestor(StandardHttpRequestor.Config config) {
        this.requestor = new StandardHttpRequestor(config);
    }

    /** What the answer to this thread's latest upload asked for, null for nothing. */
    static Duration asked() {
        return ASKED.get();
    }

    @Override
    public Response doGet(String url, Iterable<Header> headers) throws IOException {
        return requestor.doGet(url, headers);
    }

    @Override
    public Uploader startPut(String url, Iterable<Header> headers) throws IOException {
        return requestor.startPut(url, headers);
    }

    @Override
    public Uploader startPost(String url, Iterable<Header> headers)
            throws IOException {
        ASKED.remove();
        return new Listening(requestor.startPost(url, headers));
    }

    @Override
    public Uploader startPostInStreamingMode(String url, Iterable<Header> headers)
            throws IOException {
        ASKED.remove();
        return new Listening(requestor.startPostInStreamingMode(url, headers));
    }

    private static void note(Response response) {
        if (response.getStatusCode() != CONFLICT) {
            return;
        }
        for (Map.Entry<String, List<String>> header : response.getHeaders().entrySet()) {
            if (RETRY_AFTER.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()
                    && header.getValue().get(0).strip().matches("\\d{1,6}")) {
                ASKED.set(Duration.ofSeconds(Long.parseLong(header.getValue().get(0).strip())));
            }
        }
    }

    private static final class Listening extends Uploader {

        private final Uploader uploader;

        Listening(Uploader uploader) {
            this.uploader = uploader;
        }

        @Override
        public OutputStream getBody() {
            return uploader.getBody();
        }

        @Override
        public void close() {
            uploader.close();
        }

        @Override
        public void abort() {
            uploader.abort();
        }

        @Override
        public Response finish() throws IOException {
            Response response = uploader.finish();
            note(response);
            return response;
        }
    }
}
