package io.onedump.servers;

import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.Headers;

/** A request as a {@link CloudServer} sees it. */
public record CloudRequest(String method, URI uri, Headers headers, InputStream body) {

    public String path() {
        return uri.getPath();
    }

    /** A request header's first value, null when it is missing. */
    public String header(String name) {
        return headers.getFirst(name);
    }

    public Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        String text = uri.getRawQuery();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }
}
