package io.onedump.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.Threads;
import io.onedump.storage.ServerTimeouts;
import io.onedump.storage.Silence;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Gives up requests of which the server takes nothing any more, for which the client has no limit, and does not let
 * silent servers be asked as often as others: each time costs the whole wait.
 */
final class PatientHttpClient implements SdkHttpClient {

    /** Which attempt it is: {@code attempt=1; max=4}. */
    private static final String ATTEMPT = "amz-sdk-request";

    private final SdkHttpClient http;
    private final Duration patience;
    private final Set<Watched> sending = ConcurrentHashMap.newKeySet();
    private final Threads.Scheduled checks;

    PatientHttpClient(SdkHttpClient http, ServerTimeouts timeouts, Threads threads) {
        this.http = http;
        this.patience = timeouts.answer();
        long pause = Math.max(10, Math.min(1000, patience.toMillis() / 4));
        this.checks = threads.every(Duration.ofMillis(pause), "s3 watch", () -> sending.forEach(Watched::check));
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (request.contentStreamProvider().isEmpty()) {
            return new Impatient(http.prepareRequest(request), request.httpRequest());
        }
        Watched watched = new Watched(request);
        watched.executable = http.prepareRequest(HttpExecuteRequest.builder().request(request.httpRequest())
                .contentStreamProvider(watched).metricCollector(request.metricCollector().orElse(null)).build());
        return new Impatient(watched, request.httpRequest());
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        checks.close();
        http.close();
    }

    /** Makes the last silence one that is not tried again. */
    private record Impatient(ExecutableHttpRequest executable, SdkHttpRequest request)
            implements
                ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            try {
                return executable.call();
            } catch (SocketTimeoutException e) {
                if (isLast()) {
                    // The SDK tries again after any IOException, as a cause too.
                    throw SdkClientException.create("",
                            new SilentServerException("the server has not answered in time: " + e.getMessage(), e));
                }
                throw e;
            }
        }

        private boolean isLast() {
            String attempt = request.firstMatchingHeader(ATTEMPT).orElse("attempt=1");
            return !attempt.matches("attempt=1\\b.*") || Silence.ATTEMPTS == 1;
        }

        @Override
        public void abort() {
            executable.abort();
        }
    }

    /** A request with a body: whoever reads it can send it on. */
    private final class Watched implements ExecutableHttpRequest, ContentStreamProvider {

        private final HttpExecuteRequest request;
        private ExecutableHttpRequest executable;
        private volatile long moved = System.nanoTime();
        private volatile boolean waits;
        private volatile boolean silent;

        Watched(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            sending.add(this);
            try {
                return executable.call();
            } catch (IOException | RuntimeException e) {
                if (silent) {
                    SocketTimeoutException timeout = new SocketTimeoutException("it has taken nothing for "
                            + patience.toMillis() + " ms");
                    timeout.addSuppressed(e);
                    throw timeout;
                }
                throw e;
            } finally {
                sending.remove(this);
            }
        }

        @Override
        public void abort() {
            executable.abort();
        }

        private void check() {
            // When all was read the client itself waits for the answer, and has a limit for that.
            if (waits && System.nanoTime() - moved > patience.toNanos()) {
                silent = true;
                waits = false;
                executable.abort();
            }
        }

        @Override
        public InputStream newStream() {
            return new Progress(request.contentStreamProvider().get().newStream());
        }

        /** Between two readings the client sends. */
        private final class Progress extends BulkInputStream {

            Progress(InputStream in) {
                super(in);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                waits = false;
                int read = in.read(bytes, offset, length);
                moved = System.nanoTime();
                waits = read > 0;
                return read;
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        }
    }
}
