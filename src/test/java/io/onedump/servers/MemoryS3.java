package io.onedump.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 as far as small objects go, in memory and believing everybody: lists 100,000 objects as quickly as ten, answers
 * each request after a pause as one far away does, and counts them. It has one bucket, under every name.
 */
public final class MemoryS3 implements AutoCloseable {

    private static final int PAGE = 1000;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    static {
        // Without it every answer of the JDK's server waits some 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ConcurrentSkipListMap<String, Kept> objects = new ConcurrentSkipListMap<>();
    private final List<String> requests = new ArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Duration pause = Duration.ZERO;
    private volatile boolean readOnly;
    private volatile int conditionStatus;
    private volatile int conflicts;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private int atOnce;
    private int mostAtOnce;

    private record Kept(byte[] bytes, Instant modified, String tag) {
    }

    private MemoryS3() {
        try {
            server = HttpServer.create(new InetSocketAddress(Loopback.HOST, 0), 128);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the S3 server", e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::serve);
        server.start();
    }

    public static MemoryS3 start() {
        return new MemoryS3();
    }

    public URI endpoint() {
        return URI.create("http://" + Loopback.HOST + ":" + server.getAddress().getPort());
    }

    public S3Client client() {
        return S3Client.builder().endpointOverride(endpoint()).region(Region.of(S3Proxy.REGION)).forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider
                        .create(AwsBasicCredentials.create(S3Proxy.ACCESS_KEY, S3Proxy.SECRET_KEY)))
                .build();
    }

    /** How long each request takes. */
    public void pause(Duration each) {
        pause = each;
    }

    /** Refuses to keep and to remove anything from now on. */
    public void refuseWrites() {
        readOnly = true;
    }

    /** Answers so to every conditional write from now on. */
    public void refuseConditions(int status) {
        conditionStatus = status;
    }

    /** Says of so many of the next writes that others of the same key were under way. */
    public void conflict(int writes) {
        conflicts = writes;
    }

    /** Puts an object there without a request. */
    public void keep(String key, byte[] bytes) {
        objects.put(key, new Kept(bytes, Instant.now(), md5(bytes)));
    }

    public List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    /** Those that begin like that. */
    public List<String> keys(String prefix) {
        return List.copyOf(objects.subMap(prefix, prefix + Character.MAX_VALUE).keySet());
    }

    /** An object, without a request. */
    public byte[] kept(String key) {
        return objects.get(key).bytes();
    }

    /** How many requests there were in all. */
    public long count() {
        return count.get();
    }

    /** The requests since it was asked last: method and key, which is empty for a page of a listing. */
    public List<String> takeRequests() {
        synchronized (requests) {
            List<String> taken = List.copyOf(requests);
            requests.clear();
            return taken;
        }
    }

    /** Of objects and listings, in both directions, without headers. */
    public long bytes() {
        return bytes.get();
    }

    /** How many requests there were at the same time, at the most. */
    public int mostAtOnce() {
        synchronized (requests) {
            return mostAtOnce;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange);
            bytes.addAndGet(body.length);
            String[] path = exchange.getRequestURI().getRawPath().split("/", 3);
            String key = path.length < 3 ? "" : decoded(path[2]);
            String method = exchange.getRequestMethod();
            if (path[1].equals("-")) {
                send(exchange, 200, (takeRequests().size() + "\n").getBytes(StandardCharsets.UTF_8));
                return;
            }
            count.incrementAndGet();
            synchronized (requests) {
                requests.add(method + " " + key);
                mostAtOnce = Math.max(mostAtOnce, ++atOnce);
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            synchronized (requests) {
                atOnce--;
            }
            answer(exchange, method, key, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String method, String key, byte[] body) throws IOException {
        if (readOnly && !method.equals("GET") && !method.equals("HEAD")) {
            send(exchange, 403, "<Error><Code>AccessDenied</Code></Error>".getBytes(StandardCharsets.UTF_8));
        } else if (key.isEmpty()) {
            send(exchange, 200, list(query(exchange)).getBytes(StandardCharsets.UTF_8));
        } else if (method.equals("PUT")) {
            Kept kept = new Kept(body, Instant.now(), md5(body));
            int status = change(exchange, key, kept);
            if (status == 200) {
                exchange.getResponseHeaders().set("ETag", quoted(kept));
            }
            send(exchange, status, refusal(status));
        } else if (method.equals("DELETE")) {
            int status = change(exchange, key, null);
            send(exchange, status == 200 ? 204 : status, refusal(status));
        } else {
            get(exchange, objects.get(key));
        }
    }

    /**
     * Compares and replaces in one step, as
     * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html">S3 does</a>.
     *
     * @param  kept null to remove
     * @return      the status of the answer
     */
    private synchronized int change(HttpExchange exchange, String key, Kept kept) {
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        String noneMatch = exchange.getRequestHeaders().getFirst("If-None-Match");
        if (conditionStatus != 0 && (match != null || noneMatch != null)) {
            return conditionStatus;
        }
        if (conflicts > 0) {
            conflicts--;
            return 409;
        }
        Kept there = objects.get(key);
        if (match != null && there == null) {
            return kept == null ? 204 : 404;
        }
        if (match != null && !match.equals("*") && !match.replace("\"", "").equals(there.tag())
                || noneMatch != null && there != null) {
            return 412;
        }
        if (noneMatch != null && !noneMatch.equals("*")) {
            return 501;
        }
        if (kept == null) {
            objects.remove(key);
        } else {
            objects.put(key, kept);
        }
        return 200;
    }

    private static byte[] refusal(int status) {
        String code = switch (status) {
            case 400 -> "InvalidArgument";
            case 404 -> "NoSuchKey";
            case 409 -> "ConditionalRequestConflict";
            case 412 -> "PreconditionFailed";
            case 501 -> "NotImplemented";
            default -> null;
        };
        return (code == null ? "" : "<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
    }

    private void get(HttpExchange exchange, Kept kept) throws IOException {
        if (kept == null) {
            send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange.getResponseHeaders().set("ETag", quoted(kept));
        exchange.getResponseHeaders().set("Last-Modified", HTTP_DATE.format(kept.modified().atZone(ZoneOffset.UTC)));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(kept.bytes().length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            send(exchange, 200, kept.bytes());
        }
    }

    private String list(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String from = query.getOrDefault("continuation-token", prefix);
        StringBuilder page = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
        int count = 0;
        String next = null;
        String after = query.getOrDefault("start-after", "");
        boolean goesOn = from.compareTo(after) > 0;
        for (Map.Entry<String, Kept> entry : objects.tailMap(goesOn ? from : after, goesOn).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            if (++count > PAGE) {
                next = entry.getKey();
                break;
            }
            Kept kept = entry.getValue();
            page.append("<Contents><Key>").append(URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8))
                    .append("</Key><LastModified>").append(kept.modified()).append("</LastModified><ETag>&quot;")
                    .append(kept.tag()).append("&quot;</ETag><Size>").append(kept.bytes().length)
                    .append("</Size></Contents>");
        }
        page.append("<IsTruncated>").append(next != null).append("</IsTruncated>");
        if (next != null) {
            page.append("<NextContinuationToken>").append(next.replace("&", "&amp;").replace("<", "&lt;"))
                    .append("</NextContinuationToken>");
        }
        return page.append("</ListBucketResult>").toString();
    }

    /** Clients send bytes in chunks that are signed or followed by a checksum. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            if (exchange.getRequestHeaders().getFirst("x-amz-decoded-content-length") == null) {
                return in.readAllBytes();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int length;
            while ((length = HexFormat.fromHexDigits(line(in).replaceFirst(";.*", ""))) > 0) {
                bytes.write(in.readNBytes(length));
                line(in);
            }
            in.readAllBytes();
            return bytes.toByteArray();
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) >= 0 && c != '\n') {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        String text = exchange.getRequestURI().getRawQuery();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : decoded(parts[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(Kept kept) {
        return "\"" + kept.tag() + "\"";
    }

    private void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        this.bytes.addAndGet(bytes.length);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
