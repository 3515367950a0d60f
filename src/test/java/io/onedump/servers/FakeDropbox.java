package io.onedump.servers;

import com.dropbox.core.DbxRequestConfig;
import com.dropbox.core.http.HttpRequestor;
import com.dropbox.core.http.StandardHttpRequestor;
import com.dropbox.core.oauth.DbxCredential;
import com.dropbox.core.v2.DbxClientV2;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Dropbox, as far as files go, after <a href="https://www.dropbox.com/developers/documentation/http/documentation">its
 * HTTP documentation</a>: upload sessions with offsets that must fit, commits, listings in pages, downloads with ranges.
 */
public final class FakeDropbox extends CloudServer {

    private static final int CONFLICT = 409;
    private static final int BLOCK = 4 * 1024 * 1024;

    private final int pageSize;
    private final Map<String, Entry> files = new ConcurrentSkipListMap<>();
    private final Map<String, Path> sessions = new ConcurrentHashMap<>();
    private final Map<String, List<Entry>> cursors = new ConcurrentHashMap<>();

    private FakeDropbox(int pageSize) {
        super("dropbox");
        this.pageSize = pageSize;
    }

    /** @param pageSize entries in one page of a listing */
    public static FakeDropbox start(int pageSize) {
        return new FakeDropbox(pageSize);
    }

    /** The SDK's own client with its requests led here; its token has expired, so it renews it first. */
    public DbxClientV2 client() {
        DbxRequestConfig config =
                DbxRequestConfig.newBuilder("onedump-test").withHttpRequestor(new Redirected(endpoint().toString())).build();
        return new DbxClientV2(config, new DbxCredential("expired", 0L, REFRESH_TOKEN, CLIENT_ID, CLIENT_SECRET));
    }

    /** A client that has nothing to renew its token with. */
    public DbxClientV2 clientWithToken(String token) {
        DbxRequestConfig config =
                DbxRequestConfig.newBuilder("onedump-test").withHttpRequestor(new Redirected(endpoint().toString())).build();
        return new DbxClientV2(config, token);
    }

    public List<String> paths() {
        return files.values().stream().map(Entry::path).toList();
    }

    @Override
    CloudAnswer answer(CloudRequest request) throws IOException {
        if (request.path().equals("/oauth2/token")) {
            return token(request);
        }
        if (!isAuthorized(request)) {
            return error(401, "expired_access_token");
        }
        return switch (request.path()) {
            case "/2/files/upload_session/start" -> start(request);
            case "/2/files/upload_session/append_v2" -> append(request);
            case "/2/files/upload_session/finish" -> finish(request);
            case "/2/files/get_metadata" -> metadata(request);
            case "/2/files/list_folder" -> list(request);
            case "/2/files/list_folder/continue" -> listMore(request);
            case "/2/files/delete_v2" -> delete(request);
            case "/2/files/download" -> download(request);
            default -> CloudAnswer.text(404, "text/plain", "no such function");
        };
    }

    private CloudAnswer token(CloudRequest request) throws IOException {
        String form = new String(request.body().readAllBytes(), StandardCharsets.UTF_8);
        if (!form.contains("grant_type=refresh_token") || !form.contains(REFRESH_TOKEN)) {
            JsonObject refused = new JsonObject();
            refused.addProperty("error", "invalid_grant");
            return CloudAnswer.json(400, refused);
        }
        JsonObject token = new JsonObject();
        token.addProperty("access_token", accessToken());
        token.addProperty("token_type", "bearer");
        token.addProperty("expires_in", 14400);
        return CloudAnswer.json(200, token);
    }

    private CloudAnswer start(CloudRequest request) throws IOException {
        String id = UUID.randomUUID().toString();
        Path file = file(id);
        Files.createFile(file);
        if (!receive(request, file)) {
            return error(400, "incomplete body");
        }
        sessions.put(id, file);
        JsonObject answer = new JsonObject();
        answer.addProperty("session_id", id);
        return CloudAnswer.json(200, answer);
    }

    private CloudAnswer append(CloudRequest request) throws IOException {
        JsonObject cursor = argument(request).getAsJsonObject("cursor");
        Path file = sessions.get(cursor.get("session_id").getAsString());
        if (file == null) {
            return error(CONFLICT, "not_found");
        }
        if (cursor.get("offset").getAsLong() != Files.size(file)) {
            return incorrectOffset(file);
        }
        return receive(request, file) ? CloudAnswer.json(200, new JsonObject()) : error(400, "incomplete body");
    }

    private CloudAnswer finish(CloudRequest request) throws IOException {
        JsonObject argument = argument(request);
        JsonObject cursor = argument.getAsJsonObject("cursor");
        JsonObject commit = argument.getAsJsonObject("commit");
        String id = cursor.get("session_id").getAsString();
        Path file = sessions.get(id);
        if (file == null) {
            return nested("lookup_failed", "not_found");
        }
        if (cursor.get("offset").getAsLong() != Files.size(file)) {
            return nested("lookup_failed", "incorrect_offset");
        }
        if (!receive(request, file)) {
            return error(400, "incomplete body");
        }
        String path = commit.get("path").getAsString();
        String mode = commit.has("mode") ? tag(commit.get("mode").isJsonObject()
                ? commit.getAsJsonObject("mode") : commit, "mode") : "add";
        if (files.containsKey(path.toLowerCase()) && !mode.equals("overwrite")) {
            return nested("path", "conflict");
        }
        sessions.remove(id);
        Entry entry = new Entry(path, file, Files.size(file), hash(file), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        files.put(path.toLowerCase(), entry);
        return CloudAnswer.json(200, entry.json(false));
    }

    private CloudAnswer metadata(CloudRequest request) throws IOException {
        Entry entry = files.get(body(request).get("path").getAsString().toLowerCase());
        return entry == null ? nested("path", "not_found") : CloudAnswer.json(200, entry.json(true));
    }

    private CloudAnswer list(CloudRequest request) throws IOException {
        JsonObject argument = body(request);
        String folder = argument.get("path").getAsString().toLowerCase();
        if (!argument.get("recursive").getAsBoolean()) {
            return error(400, "this server lists recursively only");
        }
        List<Entry> below = files.values().stream()
                .filter(entry -> entry.path().toLowerCase().startsWith(folder + "/")).toList();
        return below.isEmpty() && !folder.isEmpty() ? nested("path", "not_found") : page(below);
    }

    private CloudAnswer listMore(CloudRequest request) throws IOException {
        List<Entry> rest = cursors.remove(body(request).get("cursor").getAsString());
        return rest == null ? nested("path", "reset") : page(rest);
    }

    private CloudAnswer page(List<Entry> entries) {
        int end = Math.min(pageSize, entries.size());
        String cursor = UUID.randomUUID().toString();
        cursors.put(cursor, entries.subList(end, entries.size()));
        JsonArray page = new JsonArray();
        entries.subList(0, end).forEach(entry -> page.add(entry.json(true)));
        JsonObject answer = new JsonObject();
        answer.add("entries", page);
        answer.addProperty("cursor", cursor);
        answer.addProperty("has_more", end < entries.size());
        return CloudAnswer.json(200, answer);
    }

    private CloudAnswer delete(CloudRequest request) throws IOException {
        Entry entry = files.remove(body(request).get("path").getAsString().toLowerCase());
        if (entry == null) {
            return nested("path_lookup", "not_found");
        }
        JsonObject answer = new JsonObject();
        answer.add("metadata", entry.json(true));
        return CloudAnswer.json(200, answer);
    }

    private CloudAnswer download(CloudRequest request) throws IOException {
        Entry entry = files.get(argument(request).get("path").getAsString().toLowerCase());
        if (entry == null) {
            return nested("path", "not_found");
        }
        long offset = 0;
        if (request.header("Range") != null) {
            offset = Long.parseLong(request.header("Range").replaceAll("bytes=(\\d+)-.*", "$1"));
        }
        if (offset > 0 && offset >= entry.size()) {
            return CloudAnswer.text(416, "text/plain", "range not satisfiable");
        }
        InputStream in = Files.newInputStream(entry.file());
        in.skipNBytes(offset);
        return new CloudAnswer(offset == 0 ? 200 : 206, Map.of("Dropbox-API-Result", ascii(entry.json(false).toString())),
                entry.size() - offset, in);
    }

    /** A body that breaks off leaves the session as it was. */
    private boolean receive(CloudRequest request, Path session) throws IOException {
        long before = Files.size(session);
        try (OutputStream out = Files.newOutputStream(session, StandardOpenOption.APPEND)) {
            request.body().transferTo(out);
            return true;
        } catch (IOException e) {
            try (var channel = Files.newByteChannel(session, StandardOpenOption.WRITE)) {
                channel.truncate(before);
            }
            return false;
        }
    }

    private CloudAnswer incorrectOffset(Path session) throws IOException {
        JsonObject error = new JsonObject();
        error.addProperty(".tag", "incorrect_offset");
        error.addProperty("correct_offset", Files.size(session));
        return conflict("incorrect_offset/...", error);
    }

    private static CloudAnswer nested(String outer, String inner) {
        JsonObject tag = new JsonObject();
        tag.addProperty(".tag", inner);
        JsonObject error = new JsonObject();
        error.addProperty(".tag", outer);
        error.add(outer, tag);
        return conflict(outer + "/" + inner + "/...", error);
    }

    private static CloudAnswer error(int status, String tag) {
        JsonObject error = new JsonObject();
        error.addProperty(".tag", tag);
        JsonObject answer = new JsonObject();
        answer.addProperty("error_summary", tag + "/...");
        answer.add("error", error);
        return CloudAnswer.json(status, answer);
    }

    private static CloudAnswer conflict(String summary, JsonObject error) {
        JsonObject answer = new JsonObject();
        answer.addProperty("error_summary", summary);
        answer.add("error", error);
        return CloudAnswer.json(CONFLICT, answer);
    }

    private static JsonObject argument(CloudRequest request) {
        return JsonParser.parseString(request.header("Dropbox-API-Arg")).getAsJsonObject();
    }

    /** Headers hold no other characters, so JSON escapes them. */
    private static String ascii(String json) {
        StringBuilder escaped = new StringBuilder();
        json.chars().forEach(c -> escaped.append(c < 127 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return escaped.toString();
    }

    private static JsonObject body(CloudRequest request) throws IOException {
        return JsonParser.parseString(new String(request.body().readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
    }

    private static String tag(JsonObject object, String name) {
        return object.has(".tag") ? object.get(".tag").getAsString() : object.get(name).getAsString();
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest whole = MessageDigest.getInstance("SHA-256");
            byte[] block;
            while ((block = in.readNBytes(BLOCK)).length > 0) {
                whole.update(MessageDigest.getInstance("SHA-256").digest(block));
            }
            return HexFormat.of().formatHex(whole.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Entry(String path, Path file, long size, String hash, Instant modified) {

        /** @param tagged as in answers where it could be a folder too */
        JsonObject json(boolean tagged) {
            JsonObject json = new JsonObject();
            if (tagged) {
                json.addProperty(".tag", "file");
            }
            json.addProperty("name", path.substring(path.lastIndexOf('/') + 1));
            json.addProperty("id", "id:" + Integer.toHexString(path.hashCode()));
            json.addProperty("path_lower", path.toLowerCase());
            json.addProperty("path_display", path);
            json.addProperty("client_modified", modified.toString());
            json.addProperty("server_modified", modified.toString());
            json.addProperty("rev", "0123456789abcdef");
            json.addProperty("size", size);
            json.addProperty("content_hash", hash);
            json.addProperty("is_downloadable", true);
            return json;
        }
    }

    /** The SDK knows hosts without ports and with TLS only. */
    private static final class Redirected extends StandardHttpRequestor {

        private final String base;

        Redirected(String base) {
            super(Config.DEFAULT_INSTANCE);
            this.base = base;
        }

        @Override
        protected HttpURLConnection prepRequest(String url, Iterable<HttpRequestor.Header> headers, boolean streaming)
                throws IOException {
            return super.prepRequest(url.replaceFirst("https://[^/]*", base), headers, streaming);
        }
    }
}
