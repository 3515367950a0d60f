package io.onedump.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import com.google.gson.JsonObject;

/**
 * The <a href="https://www.dropbox.com/developers/documentation/http/documentation#files-upload_session-start">upload
 * sessions</a> of {@link FakeDropbox}: offsets must fit, and a file comes to be when a session is finished.
 */
final class DropboxSessions {

    private final DropboxTree tree;
    private final Function<String, Path> content;
    private final Map<String, Path> sessions = new ConcurrentHashMap<>();

    /** @param content where to keep the content of that ID */
    DropboxSessions(DropboxTree tree, Function<String, Path> content) {
        this.tree = tree;
        this.content = content;
    }

    List<String> pending() {
        return List.copyOf(sessions.keySet());
    }

    /** Forgets what a week has passed for. */
    void expire() {
        sessions.clear();
    }

    CloudAnswer start(CloudRequest request) throws IOException {
        String id = UUID.randomUUID().toString();
        Path file = content.apply(id);
        Files.createFile(file);
        if (!receive(request, file)) {
            return DropboxAnswers.error(400, "incomplete body");
        }
        sessions.put(id, file);
        JsonObject answer = new JsonObject();
        answer.addProperty("session_id", id);
        return CloudAnswer.json(200, answer);
    }

    CloudAnswer append(CloudRequest request) throws IOException {
        JsonObject cursor = DropboxTree.argument(request).getAsJsonObject("cursor");
        Path file = sessions.get(cursor.get("session_id").getAsString());
        if (file == null) {
            return DropboxAnswers.conflict("not_found");
        }
        if (cursor.get("offset").getAsLong() != Files.size(file)) {
            return incorrectOffset(file);
        }
        return receive(request, file)
                ? CloudAnswer.json(200, new JsonObject())
                : DropboxAnswers.error(400, "incomplete body");
    }

    CloudAnswer finish(CloudRequest request) throws IOException {
        JsonObject argument = DropboxTree.argument(request);
        JsonObject cursor = argument.getAsJsonObject("cursor");
        JsonObject commit = argument.getAsJsonObject("commit");
        String id = cursor.get("session_id").getAsString();
        Path file = sessions.get(id);
        if (file == null) {
            return DropboxAnswers.nested("lookup_failed", "not_found");
        }
        if (cursor.get("offset").getAsLong() != Files.size(file)) {
            return DropboxAnswers.nested("lookup_failed", "incorrect_offset");
        }
        if (!receive(request, file)) {
            return DropboxAnswers.error(400, "incomplete body");
        }
        String path = commit.get("path").getAsString();
        if (!path.matches("/.*[^/]")) {
            return DropboxAnswers.nested("path", "malformed_path");
        }
        DropboxFile added = tree.add(path, file, DropboxTree.WriteMode.of(commit));
        if (added == null) {
            return DropboxAnswers.nested("path", "conflict", "file");
        }
        sessions.remove(id);
        return CloudAnswer.json(200, added.json(false));
    }

    /** A body that breaks off leaves the session as it was. */
    private static boolean receive(CloudRequest request, Path session) throws IOException {
        long before = Files.size(session);
        try (OutputStream out = Files.newOutputStream(session, StandardOpenOption.APPEND)) {
            request.body().transferTo(out);
            return true;
        } catch (IOException e) {
            try (FileChannel channel = FileChannel.open(session, StandardOpenOption.WRITE)) {
                channel.truncate(before);
            }
            return false;
        }
    }

    private static CloudAnswer incorrectOffset(Path session) throws IOException {
        JsonObject error = new JsonObject();
        error.addProperty(".tag", "incorrect_offset");
        error.addProperty("correct_offset", Files.size(session));
        return DropboxAnswers.conflict("incorrect_offset", error);
    }
}
