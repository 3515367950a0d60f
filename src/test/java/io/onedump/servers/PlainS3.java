package io.onedump.servers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** One bucket of a server that knows S3 as it was before 2022 and refuses every request with a newer header. */
public final class PlainS3 extends CloudServer {

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<Integer, byte[]> parts = new ConcurrentSkipListMap<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    private PlainS3() {
        super("plain-s3");
    }

    public static PlainS3 start() {
        return new PlainS3();
    }

    /** The headers that were too new, each with its request. */
    public List<String> refused() {
        return refused;
    }

    @Override
    CloudAnswer answer(CloudRequest request) throws IOException {
        byte[] body = body(request);
        for (String header : request.headers().keySet()) {
            String name = header.toLowerCase();
            if (name.startsWith("x-amz-checksum") || name.contains("sdk-checksum") || name.equals("x-amz-trailer")) {
                refused.add(request.method() + " " + header);
                return error(501, "NotImplemented", "header '" + header + "' is not supported");
            }
        }
        String key = request.path().replaceFirst("^/[^/]+/?", "");
        Map<String, String> query = request.query();
        return switch (request.method()) {
            case "PUT" -> query.containsKey("partNumber")
                    ? keep(parts, Integer.valueOf(query.get("partNumber")), body)
                    : keep(objects, key, body);
            case "POST" -> query.containsKey("uploads") ? begin() : complete(key);
            case "DELETE" -> delete(key);
            default -> key.isEmpty() ? list(query) : get(request, key);
        };
    }

    private static <K> CloudAnswer keep(Map<K, byte[]> where, K key, byte[] body) {
        where.put(key, body);
        return CloudAnswer.empty(200, Map.of("ETag", md5(body)));
    }

    private CloudAnswer begin() {
        return ScriptedCloud.xml(200, "<InitiateMultipartUploadResult><UploadId>1</UploadId>"
                + "</InitiateMultipartUploadResult>");
    }

    private CloudAnswer complete(String key) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts.values()) {
            whole.write(part);
        }
        objects.put(key, whole.toByteArray());
        return ScriptedCloud.xml(200, "<CompleteMultipartUploadResult><Key>" + key
                + "</Key></CompleteMultipartUploadResult>");
    }

    private CloudAnswer delete(String key) {
        objects.remove(key);
        return CloudAnswer.empty(204, Map.of());
    }

    private CloudAnswer list(Map<String, String> query) {
        if (query.containsKey("uploads")) {
            return ScriptedCloud.xml(200, "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>"
                    + "</ListMultipartUploadsResult>");
        }
        return ScriptedCloud.xml(200, "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>"
                + objects.entrySet().stream().filter(entry -> entry.getKey().startsWith(query.get("prefix")))
                        .map(entry -> "<Contents><Key>" + entry.getKey() + "</Key><Size>" + entry.getValue().length
                                + "</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>")
                        .collect(Collectors.joining())
                + "</ListBucketResult>");
    }

    private CloudAnswer get(CloudRequest request, String key) {
        byte[] object = objects.get(key);
        if (object == null) {
            return request.method().equals("HEAD")
                    ? CloudAnswer.empty(404, Map.of())
                    : error(404, "NoSuchKey", "no such key");
        }
        Map<String, String> headers = new TreeMap<>(Map.of("ETag", md5(object), "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))));
        if (request.method().equals("HEAD")) {
            headers.put("Content-Length", String.valueOf(object.length));
            return CloudAnswer.empty(200, headers);
        }
        return new CloudAnswer(200, headers, object.length, new ByteArrayInputStream(object));
    }

    private static CloudAnswer error(int status, String code, String message) {
        return ScriptedCloud.xml(status, "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
    }

    /** Without the frames in which clients send signed bodies. */
    private static byte[] body(CloudRequest request) throws IOException {
        if (!String.valueOf(request.header("x-amz-content-sha256")).startsWith("STREAMING")) {
            return request.body().readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        InputStream in = request.body();
        while (true) {
            int length = Integer.parseInt(line(in).split(";")[0], 16);
            if (length == 0) {
                in.readAllBytes();
                return body.toByteArray();
            }
            body.write(in.readNBytes(length));
            line(in);
        }
    }

    private static String line(InputStream in) throws IOException {
        List<Integer> line = new ArrayList<>();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.add(next);
        }
        return line.stream().map(c -> String.valueOf((char) (int) c)).collect(Collectors.joining()).trim();
    }

    private static String md5(byte[] bytes) {
        try {
            return "\"" + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
