package io.onedump.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Lets requests of an AWS client fail on their way, the first ones that fit. */
public final class FaultyHttpClient implements SdkHttpClient {

    /** What goes wrong with a request. */
    public enum Fault {
        /** The connection breaks after a third of the body. */
        CUT_REQUEST,
        /** The server does what was asked, and its answer is lost. */
        CUT_ANSWER,
        TOO_MANY_REQUESTS, INTERNAL_ERROR, SLOW_DOWN, EXPIRED_TOKEN,
        /** The answer comes after some time. */
        STALL,
        /** The answer ends in the middle. */
        TRUNCATED_ANSWER
    }

    private static final int TOO_MANY = 429;

    private final SdkHttpClient client;
    private Predicate<SdkHttpRequest> where = request -> false;
    private Fault fault;
    private Duration stall = Duration.ZERO;
    private int planned;
    private final AtomicInteger left = new AtomicInteger();

    public FaultyHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    /** Lets the next requests that fit fail, {@code times} of them. */
    public void plan(Fault next, int times, Predicate<SdkHttpRequest> requests) {
        fault = next;
        where = requests;
        planned = times;
        left.set(times);
    }

    /** Lets the next request that fits wait for its answer. */
    public void planStall(Duration duration, Predicate<SdkHttpRequest> requests) {
        stall = duration;
        plan(Fault.STALL, 1, requests);
    }

    /** How many of the planned faults have happened. */
    public int fired() {
        return planned - left.get();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (!where.test(request.httpRequest()) || left.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
            return client.prepareRequest(request);
        }
        return new Faulty(request);
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Faulty implements ExecutableHttpRequest {

        private final HttpExecuteRequest request;

        Faulty(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            switch (fault) {
                case CUT_REQUEST -> {
                    consumePart();
                    throw new SocketException("Connection reset by the test");
                }
                case CUT_ANSWER -> {
                    client.prepareRequest(request).call().responseBody().ifPresent(AbortableInputStream::abort);
                    throw new SocketException("Connection reset by the test");
                }
                case STALL -> {
                    sleep();
                    return client.prepareRequest(request).call();
                }
                case TRUNCATED_ANSWER -> {
                    return truncated(client.prepareRequest(request).call());
                }
                case TOO_MANY_REQUESTS -> {
                    return answer(TOO_MANY, "TooManyRequests");
                }
                case SLOW_DOWN -> {
                    return answer(503, "SlowDown");
                }
                case EXPIRED_TOKEN -> {
                    return answer(400, "ExpiredToken");
                }
                default -> {
                    return answer(500, "InternalError");
                }
            }
        }

        @Override
        public void abort() {
            // There is no connection.
        }

        private void consumePart() throws IOException {
            if (request.contentStreamProvider().isPresent()) {
                InputStream body = request.contentStreamProvider().get().newStream();
                body.readNBytes(Math.max(1, body.available() / 3));
            }
        }

        private void sleep() {
            try {
                TimeUnit.MILLISECONDS.sleep(stall.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static HttpExecuteResponse truncated(HttpExecuteResponse whole) throws IOException {
            if (whole.responseBody().isEmpty()) {
                return whole;
            }
            byte[] bytes = whole.responseBody().get().readAllBytes();
            InputStream half = new SequenceInputStream(new ByteArrayInputStream(bytes, 0, bytes.length / 2),
                    new InputStream() {
                        @Override
                        public int read() throws IOException {
                            throw new SocketException("Connection reset by the test");
                        }
                    });
            return HttpExecuteResponse.builder().response(whole.httpResponse())
                    .responseBody(AbortableInputStream.create(half)).build();
        }

        private static HttpExecuteResponse answer(int status, String code) {
            String body = "<Error><Code>" + code + "</Code><Message>by the test</Message></Error>";
            SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
            if (status == TOO_MANY) {
                response.putHeader("Retry-After", "1");
            }
            return HttpExecuteResponse.builder().response(response.build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body.getBytes()))).build();
        }
    }
}
