package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * A file or folder of {@link FakeDrive}.
 *
 * @param parent  the folder's ID, null for a root
 * @param driveId of the shared drive that it is in, null in the user's own
 * @param content null for a folder
 * @param digests null for a folder
 */
record DriveItem(String id, String name, String parent, String driveId, Path content, long size, Digests digests,
        Instant modified, boolean trashed) {

    static final String FOLDER = "application/vnd.google-apps.folder";

    /** What an answer has when the request asks for nothing else. */
    private static final Set<String> FIELDS = Set.of("id", "name", "mimeType");

    /** What Drive computes of every file. */
    record Digests(String sha256, String md5) {

        static Digests of(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                MessageDigest md5 = MessageDigest.getInstance("MD5");
                byte[] block;
                while ((block = in.readNBytes(1 << 20)).length > 0) {
                    sha256.update(block);
                    md5.update(block);
                }
                return new Digests(HexFormat.of().formatHex(sha256.digest()), HexFormat.of().formatHex(md5.digest()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    String type() {
        return content == null ? FOLDER : "application/octet-stream";
    }

    DriveItem inTrash() {
        return new DriveItem(id, name, parent, driveId, content, size, digests, modified, true);
    }

    /** @param fields the request's parameter of that name, null for none */
    JsonObject json(String fields) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("name", name);
        json.addProperty("mimeType", type());
        json.addProperty("createdTime", modified.toString());
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
            json.addProperty("sha256Checksum", digests.sha256());
            json.addProperty("md5Checksum", digests.md5());
        }
        Set<String> wanted = fields == null ? FIELDS : Set.of(fields.replaceAll(".*files\\(|\\).*", "").split(","));
        json.keySet().retainAll(wanted);
        return json;
    }
}
