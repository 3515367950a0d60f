package io.onedump.servers;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/**
 * A file or folder of {@link FakeDrive}.
 *
 * @param parent  the folder's ID, null for a root
 * @param driveId of the shared drive that it is in, null in the user's own
 * @param content null for a folder
 * @param sha256  null for a folder
 */
record DriveItem(String id, String name, String parent, String driveId, Path content, long size, String sha256,
                 Instant modified, boolean trashed) {

    static final String FOLDER = "application/vnd.google-apps.folder";

    /** What an answer has when the request asks for nothing else. */
    private static final Set<String> FIELDS = Set.of("id", "name", "mimeType");

    String type() {
        return content == null ? FOLDER : "application/octet-stream";
    }

    DriveItem inTrash() {
        return new DriveItem(id, name, parent, driveId, content, size, sha256, modified, true);
    }

    /** @param fields the request's parameter of that name, null for none */
    JsonObject json(String fields) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("name", name);
        json.addProperty("mimeType", type());
        json.addProperty("modifiedTime", modified.toString());
        json.addProperty("trashed", trashed);
        if (parent != null) {
            JsonArray parents = new JsonArray();
            parents.add(parent);
            json.add("parents", parents);
        }
        if (driveId != null) {
            json.addProperty("driveId", driveId);
        }
        if (content != null) {
            json.addProperty("size", String.valueOf(size));
            json.addProperty("sha256Checksum", sha256);
        }
        Set<String> wanted = fields == null ? FIELDS : Set.of(fields.replaceAll(".*files\\(|\\).*", "").split(","));
        json.keySet().retainAll(wanted);
        return json;
    }
}
