package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

import com.google.gson.JsonObject;

/** A file of {@link FakeDropbox}, with the hash that Dropbox computes of it. */
record DropboxFile(String path, Path content, long size, String hash, Instant modified, String rev) {

    private static final AtomicLong REVISIONS = new AtomicLong(0x123456789abcdefL);
    private static final int BLOCK = 4 * 1024 * 1024;

    static DropboxFile of(String path, Path content) throws IOException {
        return new DropboxFile(path, content, Files.size(content), hash(content),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                String.format("%016x", REVISIONS.incrementAndGet()));
    }

    String id() {
        return "id:" + Integer.toHexString(path.hashCode());
    }

    /** @param tagged as in answers where it could be a folder too */
    JsonObject json(boolean tagged) {
        JsonObject json = new JsonObject();
        if (tagged) {
            json.addProperty(".tag", "file");
        }
        json.addProperty("name", path.substring(path.lastIndexOf('/') + 1));
        json.addProperty("id", id());
        json.addProperty("path_lower", path.toLowerCase());
        json.addProperty("path_display", path);
        json.addProperty("client_modified", modified.toString());
        json.addProperty("server_modified", modified.toString());
        json.addProperty("rev", rev);
        json.addProperty("size", size);
        json.addProperty("content_hash", hash);
        json.addProperty("is_downloadable", true);
        return json;
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
}
