package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** What is in {@link FakeDropbox}: files by path, whatever the case of its letters; folders are what files are in. */
final class DropboxTree {

    private final int pageSize;
    private final Map<String, DropboxFile> files = new ConcurrentSkipListMap<>();
    private final Map<String, List<JsonObject>> cursors = new ConcurrentHashMap<>();

    /** @param pageSize entries in one page of a listing */
    DropboxTree(int pageSize) {
        this.pageSize = pageSize;
    }

    List<String> paths() {
        return files.values().stream().map(DropboxFile::path).toList();
    }

    /**
     * Compares and adds in one step, strictly.
     *
     * @param  mode what may be there
     * @return      null for a conflict
     */
    DropboxFile add(String path, Path content, WriteMode mode) throws IOException {
        DropboxFile file = DropboxFile.of(path, content);
        synchronized (files) {
            DropboxFile there = files.get(path.toLowerCase());
            boolean may = switch (mode.tag()) {
                case "add" -> there == null;
                case "overwrite" -> true;
                case "update" -> there != null && there.rev().equals(mode.rev());
                default -> throw new IllegalArgumentException(mode.tag());
            };
            if (may) {
                files.put(path.toLowerCase(), file);
            }
            return may ? file : null;
        }
    }

    /**
     * Of a commit.
     *
     * @param rev null where it has none
     */
    record WriteMode(String tag, String rev) {

        static WriteMode of(JsonObject commit) {
            if (!commit.has("mode")) {
                return new WriteMode("add", null);
            }
            if (!commit.get("mode").isJsonObject()) {
                return new WriteMode(commit.get("mode").getAsString(), null);
            }
            JsonObject mode = commit.getAsJsonObject("mode");
            return new WriteMode(mode.get(".tag").getAsString(),
                    mode.has("update") ? mode.get("update").getAsString() : null);
        }
    }

    CloudAnswer metadata(CloudRequest request) throws IOException {
        String path = body(request).get("path").getAsString();
        DropboxFile file = find(path);
        if (file != null) {
            return CloudAnswer.json(200, file.json(true));
        }
        return files.keySet().stream().anyMatch(other -> other.startsWith(path.toLowerCase() + "/"))
                ? CloudAnswer.json(200, folder(path))
                : DropboxAnswers.nested("path", "not_found");
    }

    /** Files with all folders that they are in; without recursion only what is directly in the folder. */
    CloudAnswer list(CloudRequest request) throws IOException {
        JsonObject argument = body(request);
        // rclone doubles a slash, and the real service takes it.
        String folder = argument.get("path").getAsString().toLowerCase().replaceAll("/+", "/");
        boolean recursive = argument.has("recursive") && argument.get("recursive").getAsBoolean();
        Map<String, JsonObject> entries = new TreeMap<>();
        for (DropboxFile file : files.values()) {
            String path = file.path();
            if (path.toLowerCase().startsWith(folder + "/")) {
                entries.put(path, file.json(true));
                for (int end = path.lastIndexOf('/'); end > folder.length(); end = path.lastIndexOf('/', end - 1)) {
                    entries.put(path.substring(0, end), folder(path.substring(0, end)));
                }
            }
        }
        if (entries.isEmpty() && !folder.isEmpty()) {
            return DropboxAnswers.nested("path", "not_found");
        }
        return page(entries.entrySet().stream()
                .filter(entry -> recursive || entry.getKey().lastIndexOf('/') == folder.length())
                .map(Map.Entry::getValue).toList());
    }

    private static JsonObject folder(String path) {
        JsonObject json = new JsonObject();
        json.addProperty(".tag", "folder");
        json.addProperty("name", path.substring(path.lastIndexOf('/') + 1));
        json.addProperty("id", "id:" + Integer.toHexString(path.hashCode()));
        json.addProperty("path_lower", path.toLowerCase());
        json.addProperty("path_display", path);
        return json;
    }

    CloudAnswer listMore(CloudRequest request) throws IOException {
        List<JsonObject> rest = cursors.remove(body(request).get("cursor").getAsString());
        return rest == null ? DropboxAnswers.nested("path", "reset") : page(rest);
    }

    private CloudAnswer page(List<JsonObject> entries) {
        int end = Math.min(pageSize, entries.size());
        String cursor = UUID.randomUUID().toString();
        cursors.put(cursor, entries.subList(end, entries.size()));
        JsonArray page = new JsonArray();
        entries.subList(0, end).forEach(page::add);
        JsonObject answer = new JsonObject();
        answer.add("entries", page);
        answer.addProperty("cursor", cursor);
        answer.addProperty("has_more", end < entries.size());
        return CloudAnswer.json(200, answer);
    }

    CloudAnswer delete(CloudRequest request) throws IOException {
        JsonObject argument = body(request);
        String path = argument.get("path").getAsString().toLowerCase();
        DropboxFile file;
        synchronized (files) {
            file = files.get(path);
            if (file == null) {
                return DropboxAnswers.nested("path_lookup", "not_found");
            }
            if (argument.has("parent_rev") && !argument.get("parent_rev").isJsonNull()
                    && !argument.get("parent_rev").getAsString().equals(file.rev())) {
                return DropboxAnswers.nested("path_write", "conflict", "file");
            }
            files.remove(path);
        }
        JsonObject answer = new JsonObject();
        answer.add("metadata", file.json(true));
        return CloudAnswer.json(200, answer);
    }

    CloudAnswer download(CloudRequest request) throws IOException {
        DropboxFile file = find(argument(request).get("path").getAsString());
        if (file == null) {
            return DropboxAnswers.nested("path", "not_found");
        }
        long offset = 0;
        if (request.header("Range") != null) {
            offset = Long.parseLong(request.header("Range").replaceAll("bytes=(\\d+)-.*", "$1"));
        }
        if (offset > 0 && offset >= file.size()) {
            return CloudAnswer.text(416, "text/plain", "range not satisfiable");
        }
        InputStream in = Files.newInputStream(file.content());
        in.skipNBytes(offset);
        return new CloudAnswer(offset == 0 ? 200 : 206,
                Map.of("Dropbox-API-Result", ascii(file.json(false).toString())),
                file.size() - offset, in);
    }

    /** Requests may name a file by its ID, too. */
    private DropboxFile find(String path) {
        return path.startsWith("id:")
                ? files.values().stream().filter(file -> file.id().equals(path)).findFirst().orElse(null)
                : files.get(path.toLowerCase());
    }

    static JsonObject argument(CloudRequest request) {
        return JsonParser.parseString(request.header("Dropbox-API-Arg")).getAsJsonObject();
    }

    /** Headers hold no other characters, so JSON escapes them. */
    private static String ascii(String json) {
        StringBuilder escaped = new StringBuilder();
        json.chars().forEach(c -> escaped.append(c < 127 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return escaped.toString();
    }

    private static JsonObject body(CloudRequest request) throws IOException {
        return JsonParser.parseString(new String(request.body().readAllBytes(), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }
}
