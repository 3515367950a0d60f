package io.onedump.servers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A file service in the cloud, on the loopback interface: strict about tokens and protocol, with its files on disk, and
 * with faults on demand. Tokens expire only when a fault says so.
 */
public abstract class CloudServer implements AutoCloseable {

    public static final String REFRESH_TOKEN = "refresh-token-only-for-tests";
    public static final String CLIENT_ID = "client-id-only-for-tests";
    public static final String CLIENT_SECRET = "client-secret-only-for-tests";

    static {
        // Without it every answer of the JDK's server waits some 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ServerFolder folder;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<HttpFault> faults = new ArrayList<>();
    private final AtomicInteger fired = new AtomicInteger();
    private volatile String accessToken = newToken();

    CloudServer(String name) {
        folder = ServerFolder.create(name);
        try {
            server = HttpServer.create(new InetSocketAddress(Loopback.HOST, 0), 128);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::serve);
        server.start();
    }

    abstract CloudAnswer answer(CloudRequest request) throws IOException;

    public URI endpoint() {
        return URI.create("http://" + Loopback.HOST + ":" + server.getAddress().getPort());
    }

    /** The token that is good until a fault lets it expire. */
    public String accessToken() {
        return accessToken;
    }

    /** Each of them happens once, to the first request that it fits. */
    public synchronized void plan(HttpFault... more) {
        faults.clear();
        faults.addAll(List.of(more));
        fired.set(0);
    }

    /** How many of the planned faults have happened. */
    public int fired() {
        return fired.get();
    }

    final Path file(String name) {
        return folder.resolve(name);
    }

    final boolean isAuthorized(CloudRequest request) {
        return ("Bearer " + accessToken).equals(request.header("Authorization"));
    }

    final String renewToken() {
        accessToken = newToken();
        return accessToken;
    }

    private static String newToken() {
        return "access-token-" + UUID.randomUUID();
    }

    private void serve(HttpExchange exchange) throws IOException {
        HttpFault fault = fault(new CloudRequest(exchange.getRequestMethod(), exchange.getRequestURI(),
                exchange.getRequestHeaders(), null));
        try (exchange) {
            serve(exchange, fault);
        }
    }

    private void serve(HttpExchange exchange, HttpFault fault) throws IOException {
        InputStream body = exchange.getRequestBody();
        if (fault != null) {
            switch (fault.kind()) {
                case STATUS -> {
                    body.transferTo(OutputStream.nullOutputStream());
                    send(exchange, CloudAnswer.empty(fault.status(), fault.retryAfter() == null
                            ? Map.of()
                            : Map.of("Retry-After", String.valueOf(fault.retryAfter().toSeconds()))));
                    return;
                }
                case ANSWER -> {
                    body.transferTo(OutputStream.nullOutputStream());
                    send(exchange, fault.answer().get());
                    return;
                }
                case UNREAD -> {
                    sleep(fault);
                    return;
                }
                case EXPIRED_TOKEN -> renewToken();
                case STALL -> sleep(fault);
                case CUT_REQUEST -> body = new CutStream(body, fault.bytes());
                default -> {}
            }
        }
        CloudAnswer answer = answer(new CloudRequest(exchange.getRequestMethod(), exchange.getRequestURI(),
                exchange.getRequestHeaders(), body));
        if (fault != null
                && (fault.kind() == HttpFault.Kind.CUT_ANSWER || fault.kind() == HttpFault.Kind.CUT_REQUEST)) {
            answer.body().close();
            return;
        }
        if (fault != null && fault.kind() == HttpFault.Kind.TRUNCATED_ANSWER) {
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), Math.max(1, answer.length()));
            exchange.getResponseBody().write(answer.body().readNBytes((int) Math.min(100_000, answer.length() / 2)));
            exchange.getResponseBody().flush();
            answer.body().close();
            return;
        }
        body.transferTo(OutputStream.nullOutputStream());
        send(exchange, answer);
    }

    private static void send(HttpExchange exchange, CloudAnswer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.length() == 0 ? -1 : answer.length());
        try (InputStream body = answer.body(); OutputStream out = exchange.getResponseBody()) {
            if (answer.length() > 0) {
                body.transferTo(out);
            }
        }
    }

    private synchronized HttpFault fault(CloudRequest request) {
        for (HttpFault fault : faults) {
            if (fault.where().test(request)) {
                faults.remove(fault);
                fired.incrementAndGet();
                return fault;
            }
        }
        return null;
    }

    private static void sleep(HttpFault fault) {
        try {
            TimeUnit.MILLISECONDS.sleep(fault.retryAfter().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        folder.close();
    }

    /** Breaks after so many bytes. */
    private static final class CutStream extends FilterInputStream {

        private long remaining;

        CutStream(InputStream in, long remaining) {
            super(in);
            this.remaining = remaining;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (remaining == 0) {
                throw new IOException("cut by the test");
            }
            int read = in.read(bytes, offset, (int) Math.min(length, remaining));
            remaining -= Math.max(0, read);
            return read;
        }
    }
}
