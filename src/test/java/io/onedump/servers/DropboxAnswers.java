package io.onedump.servers;

import com.google.gson.JsonObject;

/**
 * <a href="https://www.dropbox.com/developers/documentation/http/documentation#error-handling">Refusals</a> of
 * {@link FakeDropbox}.
 */
public final class DropboxAnswers {

    private static final int CONFLICT = 409;

    private DropboxAnswers() {
    }

    public static CloudAnswer error(int status, String tag) {
        JsonObject error = new JsonObject();
        error.addProperty(".tag", tag);
        JsonObject answer = new JsonObject();
        answer.addProperty("error_summary", tag + "/...");
        answer.add("error", error);
        return CloudAnswer.json(status, answer);
    }

    /** A function's own error. */
    public static CloudAnswer conflict(String summary, JsonObject error) {
        JsonObject answer = new JsonObject();
        answer.addProperty("error_summary", summary + "/...");
        answer.add("error", error);
        return CloudAnswer.json(CONFLICT, answer);
    }

    public static CloudAnswer conflict(String tag) {
        return error(CONFLICT, tag);
    }

    /** An error in an error, such as a path that is not found. */
    public static CloudAnswer nested(String outer, String inner) {
        JsonObject tag = new JsonObject();
        tag.addProperty(".tag", inner);
        JsonObject error = new JsonObject();
        error.addProperty(".tag", outer);
        error.add(outer, tag);
        return conflict(outer + "/" + inner, error);
    }

    /** An error in an error in an error, such as a file that is in the way. */
    public static CloudAnswer nested(String outer, String middle, String inner) {
        JsonObject innermost = new JsonObject();
        innermost.addProperty(".tag", inner);
        JsonObject tag = new JsonObject();
        tag.addProperty(".tag", middle);
        tag.add(middle, innermost);
        JsonObject error = new JsonObject();
        error.addProperty(".tag", outer);
        error.add(outer, tag);
        return conflict(outer + "/" + middle + "/" + inner, error);
    }
}
