package io.onedump.servers;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.google.gson.JsonElement;

/** What a {@link CloudServer} answers. */
public record CloudAnswer(int status, Map<String, String> headers, long length, InputStream body) {

    public static CloudAnswer json(int status, JsonElement json) {
        return text(status, "application/json", json.toString());
    }

    public static CloudAnswer text(int status, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CloudAnswer(status, Map.of("Content-Type", type), bytes.length, new ByteArrayInputStream(bytes));
    }

    public static CloudAnswer empty(int status, Map<String, String> headers) {
        return new CloudAnswer(status, headers, 0, InputStream.nullInputStream());
    }
}
