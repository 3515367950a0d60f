package io.onedump.servers;

import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.google.drive.BatchGoogleDriveClientFactory;
import org.apache.camel.component.google.drive.GoogleDriveClientFactory;

/**
 * Google Drive, as far as files go, after <a href="https://developers.google.com/workspace/drive/api/reference/rest/v3">
 * its reference</a>: resumable uploads with {@code Content-Range} and 308, queries, pages, downloads with ranges. Names
 * are not unique.
 */
public final class FakeDrive extends CloudServer implements GoogleDriveClientFactory {

    private static final String FOLDER = "application/vnd.google-apps.folder";
    private static final int CHUNK_UNIT = 256 * 1024;
    private static final int INCOMPLETE = 308;
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");
    private static final Pattern ASSERTION = Pattern.compile("(?:^|&)assertion=([\\w.-]+)");
    private static final Pattern TERM =
            Pattern.compile("'((?:[^'\\\\]|\\\\.)*)' in parents|(\\w+) (!?=) (?:'((?:[^'\\\\]|\\\\.)*)'|false)");

    private final int pageSize;
    private final Map<Long, Entry> files = new ConcurrentSkipListMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    private volatile ServiceAccount serviceAccount;

    private FakeDrive(int pageSize) {
        super("drive");
        this.pageSize = pageSize;
    }

    /** @param pageSize entries in one page of a listing */
    public static FakeDrive start(int pageSize) {
        return new FakeDrive(pageSize);
    }

    /** Google's own client with its root led here; it renews its token when that is refused. */
    public Drive client() {
        return client(REFRESH_TOKEN);
    }

    @Override
    public Drive makeClient(String clientId, String clientSecret, Collection<String> scopes, String applicationName,
            String refreshToken, String accessToken) {
        return client(refreshToken);
    }

    @Override
    public Drive makeClient(CamelContext context, String serviceAccountKey, Collection<String> scopes,
            String applicationName, String delegate) {
        Drive google = new BatchGoogleDriveClientFactory()
                .makeClient(context, serviceAccountKey, scopes, applicationName, delegate);
        return new Drive.Builder(google.getRequestFactory().getTransport(), google.getJsonFactory(),
                google.getRequestFactory().getInitializer())
                .setRootUrl(endpoint() + "/").setApplicationName(applicationName).build();
    }

    /** From now on that account may log in. */
    public void allow(ServiceAccount account) {
        serviceAccount = account;
    }

    private Drive client(String refreshToken) {
        NetHttpTransport transport = new NetHttpTransport();
        Credential credential = new Credential.Builder(BearerToken.authorizationHeaderAccessMethod())
                .setTransport(transport).setJsonFactory(GsonFactory.getDefaultInstance())
                .setTokenServerUrl(new GenericUrl(endpoint() + "/token"))
                .setClientAuthentication(new ClientParametersAuthentication(CLIENT_ID, CLIENT_SECRET)).build();
        credential.setRefreshToken(refreshToken);
        return new Drive.Builder(transport, GsonFactory.getDefaultInstance(), credential)
                .setRootUrl(endpoint() + "/").setApplicationName("onedump-test").build();
    }

    /** The names of everything that is no folder. */
    public List<String> names() {
        return files.values().stream().filter(entry -> entry.file() != null).map(Entry::name).toList();
    }

    @Override
    CloudAnswer answer(CloudRequest request) throws IOException {
        // The client downloads from a folder of its own.
        String path = request.path().replaceFirst("^/download/", "/");
        if (path.equals("/token")) {
            return token(request);
        }
        if (!isAuthorized(request)) {
            return error(401, "authError");
        }
        if (path.equals("/upload/drive/v3/files")) {
            return startSession(request);
        }
        if (path.startsWith("/session/")) {
            return upload(request);
        }
        if (path.equals("/drive/v3/files")) {
            return request.method().equals("GET") ? list(request) : createFolder(request);
        }
        if (path.startsWith("/drive/v3/files/")) {
            return file(request, Long.parseLong(path.substring("/drive/v3/files/".length())));
        }
        return error(404, "notFound");
    }

    private CloudAnswer token(CloudRequest request) throws IOException {
        String form = new String(request.body().readAllBytes(), StandardCharsets.UTF_8);
        JsonObject answer = new JsonObject();
        if (!isServiceAccount(form)
                && (!form.contains("refresh_token=" + REFRESH_TOKEN) || !form.contains("client_secret=" + CLIENT_SECRET))) {
            answer.addProperty("error", "invalid_grant");
            return CloudAnswer.json(400, answer);
        }
        answer.addProperty("access_token", accessToken());
        answer.addProperty("expires_in", 3600);
        answer.addProperty("token_type", "Bearer");
        return CloudAnswer.json(200, answer);
    }

    private boolean isServiceAccount(String form) {
        Matcher assertion = ASSERTION.matcher(form);
        return serviceAccount != null && form.contains("jwt-bearer") && assertion.find()
                && serviceAccount.accepts(assertion.group(1), endpoint() + "/token");
    }

    private CloudAnswer startSession(CloudRequest request) throws IOException {
        if (!"resumable".equals(request.query().get("uploadType")) || !request.method().equals("POST")) {
            return error(400, "badRequest");
        }
        JsonObject metadata = json(request);
        String id = UUID.randomUUID().toString();
        sessions.put(id, new Session(metadata.get("name").getAsString(), parent(metadata), Files.createFile(file(id))));
        return CloudAnswer.empty(200, Map.of("Location", endpoint() + "/session/" + id));
    }

    private CloudAnswer upload(CloudRequest request) throws IOException {
        String id = request.path().substring("/session/".length());
        Session session = sessions.get(id);
        Matcher range = RANGE.matcher(String.valueOf(request.header("Content-Range")));
        if (session == null || !range.matches()) {
            return error(session == null ? 404 : 400, session == null ? "notFound" : "badRequest");
        }
        if (session.done() != null) {
            return CloudAnswer.json(200, session.done().json());
        }
        boolean whole = !range.group(3).equals("*");
        long held = Files.size(session.file());
        if (range.group(1) != null) {
            long start = Long.parseLong(range.group(1));
            long length = Long.parseLong(range.group(2)) + 1 - start;
            if (start != held || !whole && length % CHUNK_UNIT != 0) {
                return error(400, "badRequest");
            }
            held = receive(request, session.file(), start, length);
        }
        if (whole && held == Long.parseLong(range.group(3))) {
            Entry entry = add(session.name(), session.parent(), session.file());
            sessions.put(id, session.completed(entry));
            return CloudAnswer.json(200, entry.json());
        }
        return CloudAnswer.empty(INCOMPLETE, held == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (held - 1)));
    }

    /** Of a body that breaks off, whole units are kept. */
    private static long receive(CloudRequest request, Path file, long start, long length) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            request.body().transferTo(out);
        } catch (IOException e) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / CHUNK_UNIT * CHUNK_UNIT);
            }
        }
        if (Files.size(file) > start + length) {
            throw new IOException("more came than was announced");
        }
        return Files.size(file);
    }

    private CloudAnswer list(CloudRequest request) {
        String query = request.query().get("q");
        List<Entry> found = files.values().stream().filter(entry -> matches(entry, query)).toList();
        int from = Integer.parseInt(request.query().getOrDefault("pageToken", "0"));
        int to = Math.min(found.size(), from + pageSize);
        JsonArray page = new JsonArray();
        found.subList(from, to).forEach(entry -> page.add(entry.json()));
        JsonObject answer = new JsonObject();
        answer.add("files", page);
        if (to < found.size()) {
            answer.addProperty("nextPageToken", String.valueOf(to));
        }
        return CloudAnswer.json(200, answer);
    }

    private static boolean matches(Entry entry, String query) {
        Matcher term = TERM.matcher(query);
        boolean all = true;
        while (term.find()) {
            if (term.group(1) != null) {
                all &= entry.parent().equals(unquote(term.group(1)));
            } else if (!term.group(2).equals("trashed")) {
                String value = term.group(2).equals("name") ? entry.name() : entry.type();
                all &= value.equals(unquote(term.group(4))) == term.group(3).equals("=");
            }
        }
        return all;
    }

    private CloudAnswer createFolder(CloudRequest request) throws IOException {
        JsonObject metadata = json(request);
        if (!FOLDER.equals(metadata.get("mimeType").getAsString())) {
            return error(400, "badRequest");
        }
        return CloudAnswer.json(200, add(metadata.get("name").getAsString(), parent(metadata), null).json());
    }

    private CloudAnswer file(CloudRequest request, long id) throws IOException {
        Entry entry = files.get(id);
        if (entry == null) {
            return error(404, "notFound");
        }
        if (request.method().equals("DELETE")) {
            files.remove(id);
            return CloudAnswer.empty(204, Map.of());
        }
        if (!"media".equals(request.query().get("alt"))) {
            return CloudAnswer.json(200, entry.json());
        }
        long size = Files.size(entry.file());
        long offset = request.header("Range") == null ? 0
                : Long.parseLong(request.header("Range").replaceAll("bytes=(\\d+)-.*", "$1"));
        if (offset > 0 && offset >= size) {
            return error(416, "requestedRangeNotSatisfiable");
        }
        InputStream in = Files.newInputStream(entry.file());
        in.skipNBytes(offset);
        return new CloudAnswer(offset == 0 ? 200 : 206, Map.of("Content-Type", "application/octet-stream"),
                size - offset, in);
    }

    private Entry add(String name, String parent, Path file) throws IOException {
        Entry entry = new Entry(ids.incrementAndGet(), name, parent, file, file == null ? 0 : Files.size(file),
                file == null ? null : sha256(file), Instant.now());
        files.put(entry.id(), entry);
        return entry;
    }

    private static CloudAnswer error(int status, String reason) {
        JsonObject detail = new JsonObject();
        detail.addProperty("reason", reason);
        detail.addProperty("message", reason);
        JsonArray details = new JsonArray();
        details.add(detail);
        JsonObject error = new JsonObject();
        error.addProperty("code", status);
        error.addProperty("message", reason);
        error.add("errors", details);
        JsonObject answer = new JsonObject();
        answer.add("error", error);
        return CloudAnswer.json(status, answer);
    }

    private static String parent(JsonObject metadata) {
        return metadata.getAsJsonArray("parents").get(0).getAsString();
    }

    private static JsonObject json(CloudRequest request) throws IOException {
        InputStream body = "gzip".equals(request.header("Content-Encoding"))
                ? new GZIPInputStream(request.body()) : request.body();
        return JsonParser.parseString(new String(body.readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
    }

    private static String unquote(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block;
            while ((block = in.readNBytes(1 << 20)).length > 0) {
                digest.update(block);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param done null until it is */
    private record Session(String name, String parent, Path file, Entry done) {

        Session(String name, String parent, Path file) {
            this(name, parent, file, null);
        }

        Session completed(Entry entry) {
            return new Session(name, parent, file, entry);
        }
    }

    /** @param file null for a folder */
    private record Entry(long id, String name, String parent, Path file, long size, String sha256, Instant modified) {

        String type() {
            return file == null ? FOLDER : "application/octet-stream";
        }

        JsonObject json() {
            JsonObject json = new JsonObject();
            json.addProperty("id", String.valueOf(id));
            json.addProperty("name", name);
            json.addProperty("mimeType", type());
            json.addProperty("modifiedTime", modified.toString());
            if (file != null) {
                json.addProperty("size", String.valueOf(size));
                json.addProperty("sha256Checksum", sha256);
            }
            return json;
        }
    }
}
