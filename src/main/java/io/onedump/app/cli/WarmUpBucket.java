package io.onedump.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Answers on this machine as S3 answers to whoever stores something, for {@code onedump warm-up}. It keeps nothing but
 * sizes, so nothing can be read back from it.
 */
final class WarmUpBucket implements AutoCloseable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final long NO_BODY = -1;
    private static final Pattern PART = Pattern.compile("partNumber=(\\d+)");

    private record Kept(long size, String tag) {
    }

    private final Map<String, Kept> objects = new ConcurrentHashMap<>();
    /** By their numbers: they come in any order. */
    private final Map<String, SortedMap<Integer, Kept>> parts = new ConcurrentHashMap<>();
    private final HttpServer server;

    WarmUpBucket() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Kept sent = read(exchange);
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            switch (exchange.getRequestMethod()) {
                case "HEAD" -> head(exchange, objects.get(path));
                case "GET" -> get(exchange, query);
                case "POST" -> upload(exchange, path, query);
                default -> put(exchange, path, query, sent);
            }
        }
    }

    private static Kept read(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestHeaders().containsKey("x-amz-decoded-content-length")) {
            sent = withoutChunks(sent);
        }
        return new Kept(sent.length, md5(sent));
    }

    private static String md5(byte[] bytes) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    /** Chunks as S3 takes them: a length as hexadecimal digits, a signature, a line's end, the bytes, a line's end. */
    private static byte[] withoutChunks(byte[] sent) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(sent.length);
        int at = 0;
        int length;
        do {
            int end = at;
            while (sent[end] != '\r') {
                end++;
            }
            String head = new String(sent, at, end - at, StandardCharsets.US_ASCII);
            length = Integer.parseInt(head.split(";", 2)[0], 16);
            bytes.write(sent, end + 2, length);
            at = end + 2 + length + 2;
        } while (length > 0);
        return bytes.toByteArray();
    }

    private void put(HttpExchange exchange, String path, String query, Kept sent) throws IOException {
        Matcher part = PART.matcher(query);
        if (part.find()) {
            parts.computeIfAbsent(path, key -> new TreeMap<>()).put(Integer.valueOf(part.group(1)), sent);
        } else {
            objects.put(path, sent);
        }
        exchange.getResponseHeaders().set("ETag", '"' + sent.tag + '"');
        exchange.sendResponseHeaders(OK, NO_BODY);
    }

    private void upload(HttpExchange exchange, String path, String query) throws IOException {
        if (query.contains("uploadId")) {
            Collection<Kept> sent = parts.remove(path).values();
            byte[] digests = HexFormat.of().parseHex(sent.stream().map(Kept::tag).collect(Collectors.joining()));
            Kept kept = new Kept(sent.stream().mapToLong(Kept::size).sum(), md5(digests) + "-" + sent.size());
            objects.put(path, kept);
            xml(exchange, OK, "CompleteMultipartUploadResult", "<ETag>\"" + kept.tag + "\"</ETag>");
        } else {
            xml(exchange, OK, "InitiateMultipartUploadResult", "<UploadId>warm-up</UploadId>");
        }
    }

    private static void get(HttpExchange exchange, String query) throws IOException {
        if (query.contains("list-type")) {
            xml(exchange, OK, "ListBucketResult", "");
        } else if (query.contains("uploads")) {
            xml(exchange, OK, "ListMultipartUploadsResult", "");
        } else {
            xml(exchange, NOT_FOUND, "Error", "<Code>NoSuchKey</Code>");
        }
    }

    private static void head(HttpExchange exchange, Kept kept) throws IOException {
        if (kept == null) {
            exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
            return;
        }
        exchange.getResponseHeaders().set("ETag", '"' + kept.tag + '"');
        exchange.getResponseHeaders().set("Content-Length", String.valueOf(kept.size));
        exchange.sendResponseHeaders(OK, NO_BODY);
    }

    private static void xml(HttpExchange exchange, int status, String root, String content) throws IOException {
        byte[] body = ("<" + root + ">" + content + "</" + root + ">").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
