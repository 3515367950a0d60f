package io.onedump.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.dropbox.core.v2.DbxClientV2;
import com.google.gson.JsonObject;

/**
 * Dropbox, as far as files go, after <a href="https://www.dropbox.com/developers/documentation/http/documentation">its
 * HTTP documentation</a>: upload sessions, commits, listings in pages, downloads with ranges.
 */
public final class FakeDropbox extends CloudServer {

    private final DropboxTree tree;
    private final DropboxSessions sessions;

    private FakeDropbox(int pageSize) {
        super("dropbox");
        tree = new DropboxTree(pageSize);
        sessions = new DropboxSessions(tree, this::file);
    }

    /** @param pageSize entries in one page of a listing */
    public static FakeDropbox start(int pageSize) {
        return new FakeDropbox(pageSize);
    }

    /** A client whose token has expired, so that it renews it first. */
    public DbxClientV2 client() {
        return DropboxClients.refreshing(endpoint().toString());
    }

    /** A client that has nothing to renew its token with. */
    public DbxClientV2 clientWithToken(String token) {
        return DropboxClients.withToken(endpoint().toString(), token);
    }

    public List<String> paths() {
        return tree.paths();
    }

    /** The IDs of upload sessions that have begun and are not finished. */
    public List<String> pendingUploads() {
        return sessions.pending();
    }

    /** Removes unfinished upload sessions, as Dropbox does after a week. */
    public void expireUploads() {
        sessions.expire();
    }

    @Override
    CloudAnswer answer(CloudRequest request) throws IOException {
        if (request.path().equals("/oauth2/token")) {
            return token(request);
        }
        if (!isAuthorized(request)) {
            return DropboxAnswers.error(401, "expired_access_token");
        }
        return switch (request.path()) {
            case "/2/files/upload_session/start" -> sessions.start(request);
            case "/2/files/upload_session/append_v2" -> sessions.append(request);
            case "/2/files/upload_session/finish" -> sessions.finish(request);
            case "/2/files/get_metadata" -> tree.metadata(request);
            case "/2/files/list_folder" -> tree.list(request);
            case "/2/files/list_folder/continue" -> tree.listMore(request);
            case "/2/files/delete_v2" -> tree.delete(request);
            case "/2/files/download" -> tree.download(request);
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
}
