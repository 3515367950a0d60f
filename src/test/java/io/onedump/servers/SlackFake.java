package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/**
 * A Slack incoming webhook that answers as Slack documents it: 200 {@code ok} for a message, 400
 * {@code invalid_payload} for what is not JSON, 400 {@code no_text} for a message without text.
 *
 * @see <a href="https://api.slack.com/messaging/webhooks#handling_errors">Incoming webhooks: handling errors</a>
 */
public final class SlackFake implements AutoCloseable {

    private static final String PATH = "/services/local/test/hook";
    private static final int HANG = 0;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "slack fake");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private int calls;
    private int faultyCalls;
    private int fault;

    /**
     * An accepted message.
     *
     * @param text what a reader sees
     * @param json the whole payload
     */
    public record Message(String text, String json) {
    }

    private record Answer(int status, String body) {
    }

    private SlackFake() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(Loopback.HOST), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the Slack fake", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static SlackFake start() {
        return new SlackFake();
    }

    /** Where to post messages. */
    public URI url() {
        return URI.create("http://" + Loopback.HOST + ":" + server.getAddress().getPort() + PATH);
    }

    /** The accepted messages, the oldest first. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** How many requests came, accepted or not. */
    public synchronized int calls() {
        return calls;
    }

    /** Answers the next requests with an error: 404 (webhook gone), 429 (with Retry-After: 1), 500 and so on. */
    public synchronized void failNext(int requests, int status) {
        faultyCalls = requests;
        fault = status;
    }

    /** Leaves the next requests without an answer until the fake is closed. */
    public synchronized void hangNext(int requests) {
        failNext(requests, HANG);
    }

    private synchronized Integer takeFault() {
        calls++;
        if (faultyCalls == 0) {
            return null;
        }
        faultyCalls--;
        return fault;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Integer status = takeFault();
            if (status == null) {
                answer(exchange, accept(exchange, body));
            } else if (status == HANG) {
                awaitClose();
            } else {
                if (status == 429) {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                }
                answer(exchange, new Answer(status, "error_by_test"));
            }
        }
    }

    private Answer accept(HttpExchange exchange, String body) {
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            return new Answer(404, "no_service");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Answer(405, "method_not_allowed");
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.split(";")[0].strip().equals("application/json")) {
            return new Answer(400, "invalid_payload");
        }
        try {
            return accept((JsonObject) Jsoner.deserialize(body), body);
        } catch (DeserializationException | ClassCastException e) {
            return new Answer(400, "invalid_payload");
        }
    }

    private Answer accept(JsonObject payload, String body) {
        if (!(payload.get("text") instanceof String text) || text.isBlank()) {
            return new Answer(400, "no_text");
        }
        messages.add(new Message(text, body));
        return new Answer(200, "ok");
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
