package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import com.google.api.services.drive.Drive;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * Google Drive, as far as files go, after <a
 * href="https://developers.google.com/workspace/drive/api/reference/rest/v3"> its reference</a>: uploads, queries,
 * pages, downloads with ranges, shared drives, the trash.
 */
public final class FakeDrive extends CloudServer {

    private static final String FILES = "/drive/v3/files";

    private final int pageSize;
    private final DriveTree tree = new DriveTree();
    private final DriveTokens tokens = new DriveTokens(this::accessToken);
    private final DriveUploads uploads = new DriveUploads(tree, this::file);

    private FakeDrive(int pageSize) {
        super("drive");
        this.pageSize = pageSize;
    }

    /** @param pageSize entries in one page of a listing */
    public static FakeDrive start(int pageSize) {
        return new FakeDrive(pageSize);
    }

    /** For the component's option {@code clientFactory}. */
    public DriveClients clients() {
        return new DriveClients(endpoint().toString());
    }

    /** A user's client; it renews its token when that is refused. */
    public Drive client() {
        return clients().makeClient(CLIENT_ID, CLIENT_SECRET, List.of(), "onedump-test", REFRESH_TOKEN, null);
    }

    /** From now on that account may log in. */
    public void allow(ServiceAccount account) {
        tokens.allow(account);
    }

    /** The ID of a new shared drive, which is that of its root folder too. */
    public String addSharedDrive(SharedDriveRole role) {
        return tree.share(role).id();
    }

    /** The new folder's ID. */
    public String addFolder(String parent, String name) {
        try {
            return tree.add(name, tree.find(parent, true), null).id();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of everything that is no folder. */
    public List<String> names() {
        return tree.files().stream().map(DriveItem::name).toList();
    }

    /** The names of what is in a folder and no folder. */
    public List<String> names(String folder) {
        return tree.files().stream().filter(item -> folder.equals(item.parent())).map(DriveItem::name).toList();
    }

    /** The names of files whose upload has begun. */
    public List<String> pendingUploads() {
        return uploads.pending();
    }

    /** Removes unfinished uploads, as Google does after a week. */
    public void expireUploads() {
        uploads.expire();
    }

    @Override
    CloudAnswer answer(CloudRequest request) throws IOException {
        // The client downloads from a folder of its own.
        String path = request.path().replaceFirst("^/download/", "/");
        if (path.equals(DriveTokens.PATH)) {
            return tokens.answer(request, endpoint());
        }
        if (!isAuthorized(request)) {
            return DriveAnswers.error(401, "authError", "Invalid Credentials");
        }
        if (tokens.isReadOnly() && !request.method().equals("GET")) {
            return DriveAnswers.error(403, "insufficientPermissions", "Request had insufficient authentication"
                    + " scopes.");
        }
        if (path.startsWith(DriveUploads.PATH)) {
            return uploads.receive(request);
        }
        if (path.equals("/upload" + FILES) || path.equals(FILES) && request.method().equals("POST")) {
            return create(request, path.startsWith("/upload"));
        }
        if (path.equals(FILES)) {
            return list(request);
        }
        if (path.equals("/drive/v3/about")) {
            return about();
        }
        return path.startsWith(FILES + "/")
                ? file(request, path.substring(FILES.length() + 1))
                : DriveAnswers.error(404, "notFound", "no such method");
    }

    /** That no file is converted on its way. */
    private static CloudAnswer about() {
        JsonObject about = new JsonObject();
        about.add("exportFormats", new JsonObject());
        about.add("importFormats", new JsonObject());
        return CloudAnswer.json(200, about);
    }

    private CloudAnswer create(CloudRequest request, boolean uploads) throws IOException {
        JsonObject metadata = json(request);
        String parentId = metadata.has("parents") ? metadata.getAsJsonArray("parents").get(0).getAsString() : "root";
        DriveItem parent = tree.find(parentId, allDrives(request));
        String name = metadata.get("name").getAsString();
        String fields = request.query().get("fields");
        if (parent == null) {
            return DriveAnswers.notFound(parentId);
        }
        if (!uploads) {
            return DriveItem.FOLDER.equals(metadata.get("mimeType").getAsString())
                    ? CloudAnswer.json(200, tree.add(name, parent, null).json(fields))
                    : DriveAnswers.error(400, "badRequest", "this server makes empty folders and no empty files");
        }
        if (parent.driveId() == null && !tokens.ownsSpace()) {
            return DriveAnswers.error(403, "storageQuotaExceeded", "Service Accounts do not have storage quota."
                    + " Leverage"
                    + " shared drives, or use OAuth delegation instead.");
        }
        return "resumable".equals(request.query().get("uploadType"))
                ? this.uploads.start(endpoint(), name, parent, fields)
                : DriveAnswers.error(400, "badRequest", "this server takes resumable uploads only");
    }

    /** <a href="https://developers.google.com/workspace/drive/api/reference/rest/v3/files/list">files.list</a>. */
    private CloudAnswer list(CloudRequest request) {
        Map<String, String> parameters = request.query();
        boolean inDrive = "drive".equals(parameters.get("corpora"));
        boolean includesAll = Boolean.parseBoolean(parameters.get("includeItemsFromAllDrives"));
        if (inDrive != parameters.containsKey("driveId") || inDrive && !includesAll
                || includesAll && !allDrives(request)
                || !inDrive && !parameters.getOrDefault("corpora", "user").equals("user")) {
            return DriveAnswers.error(400, "invalid", "corpora, driveId, includeItemsFromAllDrives and"
                    + " supportsAllDrives do"
                    + " not fit together");
        }
        if (!parameters.getOrDefault("orderBy", "modifiedTime desc").equals("modifiedTime desc")) {
            return DriveAnswers.error(400, "invalid", "this server knows one order");
        }
        DriveQuery query = DriveQuery.parse(parameters.getOrDefault("q", ""));
        List<String> parents = new ArrayList<>();
        for (String id : query.parents()) {
            DriveItem parent = tree.find(id, allDrives(request));
            if (parent == null) {
                return DriveAnswers.notFound("");
            }
            parents.add(parent.id());
        }
        List<DriveItem> found = tree.list(query, parents, parameters.get("driveId"));
        int from = Integer.parseInt(parameters.getOrDefault("pageToken", "0"));
        int to = Math.min(found.size(), from + pageSize);
        JsonArray page = new JsonArray();
        found.subList(from, to).forEach(item -> page.add(item.json(parameters.get("fields"))));
        JsonObject answer = new JsonObject();
        answer.add("files", page);
        String fields = parameters.get("fields");
        if (to < found.size() && (fields == null || fields.contains("nextPageToken"))) {
            answer.addProperty("nextPageToken", String.valueOf(to));
        }
        return CloudAnswer.json(200, answer);
    }

    private CloudAnswer file(CloudRequest request, String id) throws IOException {
        DriveItem item = tree.find(id, allDrives(request));
        if (item == null) {
            return DriveAnswers.notFound(id);
        }
        // Java's client cannot send a PATCH and says so in a header.
        String override = request.header("X-HTTP-Method-Override");
        return switch (override == null ? request.method() : override) {
            case "DELETE" -> tree.delete(item) ? CloudAnswer.empty(204, Map.of()) : forbidden();
            case "PATCH" -> !json(request).get("trashed").getAsBoolean()
                    ? DriveAnswers.error(400, "badRequest", "this server changes nothing but trashed")
                    : tree.trash(item) ? CloudAnswer.json(200, item.json(null)) : forbidden();
            case "GET" -> "media".equals(request.query().get("alt"))
                    ? content(request, item)
                    : metadata(item, request.query().get("fields"));
            default -> DriveAnswers.error(405, "httpMethodNotAllowed", request.method());
        };
    }

    private CloudAnswer metadata(DriveItem item, String fields) {
        JsonObject json = item.json(fields);
        if (fields != null && fields.contains("capabilities")) {
            json.add("capabilities", tree.capabilities(item));
        }
        return CloudAnswer.json(200, json);
    }

    private static CloudAnswer content(CloudRequest request, DriveItem item) throws IOException {
        long offset = request.header("Range") == null
                ? 0
                : Long.parseLong(request.header("Range").replaceAll("bytes=(\\d+)-.*", "$1"));
        if (offset > 0 && offset >= item.size()) {
            return DriveAnswers.error(416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
        }
        InputStream in = Files.newInputStream(item.content());
        in.skipNBytes(offset);
        return new CloudAnswer(offset == 0 ? 200 : 206, Map.of("Content-Type", item.type()), item.size() - offset, in);
    }

    private static boolean allDrives(CloudRequest request) {
        return Boolean.parseBoolean(request.query().get("supportsAllDrives"));
    }

    private static CloudAnswer forbidden() {
        return DriveAnswers.error(403, "insufficientFilePermissions",
                "The user does not have sufficient permissions for this file.");
    }

    private static JsonObject json(CloudRequest request) throws IOException {
        InputStream body = "gzip".equals(request.header("Content-Encoding"))
                ? new GZIPInputStream(request.body())
                : request.body();
        return JsonParser.parseString(new String(body.readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
    }
}
