package io.onedump.servers;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * <a href="https://developers.google.com/workspace/drive/api/guides/handle-errors">Refusals</a> of {@link FakeDrive}.
 */
public final class DriveAnswers {

    private DriveAnswers() {
    }

    public static CloudAnswer notFound(String id) {
        return error(404, "notFound", "File not found: " + id + ".");
    }

    public static CloudAnswer error(int status, String reason, String message) {
        JsonObject detail = new JsonObject();
        detail.addProperty("reason", reason);
        detail.addProperty("message", message);
        JsonArray details = new JsonArray();
        details.add(detail);
        JsonObject error = new JsonObject();
        error.addProperty("code", status);
        error.addProperty("message", message);
        error.add("errors", details);
        JsonObject answer = new JsonObject();
        answer.add("error", error);
        return CloudAnswer.json(status, answer);
    }
}
