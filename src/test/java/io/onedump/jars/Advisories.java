package io.onedump.jars;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/**
 * Asks a service that speaks the open format of published advisories (OSV, {@code POST …/v1/querybatch}) about versions
 * of Maven artifacts. An answer that is not one about each of them is none.
 *
 * @param service the address that takes a batch of queries
 */
record Advisories(URI service) {

    private static final int BATCH = 500;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * The advisories about some artifacts, by {@code group:artifact:version}; none of those without any.
     *
     * @param  artifacts   {@code group:artifact:version}
     * @throws IOException when the service could not be asked about all of them
     */
    Map<String, List<String>> of(Collection<String> artifacts) throws IOException {
        if (artifacts.isEmpty()) {
            throw new IOException("could not ask " + service + ": there is no artifact to ask about");
        }
        Map<String, List<String>> found = new LinkedHashMap<>();
        List<String> all = List.copyOf(artifacts);
        for (int from = 0; from < all.size(); from += BATCH) {
            ask(all.subList(from, Math.min(all.size(), from + BATCH)), found);
        }
        return found;
    }

    private void ask(List<String> artifacts, Map<String, List<String>> found) throws IOException {
        try {
            JsonArray results = (JsonArray) ((JsonObject) Jsoner.deserialize(post(query(artifacts)))).get("results");
            if (results == null || results.size() != artifacts.size()) {
                throw new IOException("it did not answer each of " + artifacts.size() + " queries");
            }
            for (int i = 0; i < artifacts.size(); i++) {
                JsonArray faults = (JsonArray) ((JsonObject) results.get(i)).get("vulns");
                if (faults != null && !faults.isEmpty()) {
                    found.put(artifacts.get(i),
                            faults.stream().map(fault -> ((JsonObject) fault).getString("id")).toList());
                }
            }
        } catch (Exception e) {
            throw new IOException("could not ask " + service + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
        }
    }

    private static String query(List<String> artifacts) {
        JsonArray queries = new JsonArray();
        for (String artifact : artifacts) {
            String[] parts = artifact.split(":");
            queries.add(new JsonObject(Map.of("version", parts[2], "package",
                    new JsonObject(Map.of("ecosystem", "Maven", "name", parts[0] + ":" + parts[1])))));
        }
        return new JsonObject(Map.of("queries", queries)).toJson();
    }

    private String post(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newBuilder().connectTimeout(LIMIT).build().send(
                HttpRequest.newBuilder(service).timeout(LIMIT).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("it answered with status " + answer.statusCode());
        }
        return answer.body();
    }

    /** The artifacts of a list as {@code dependency:list} writes it, without classifiers and scopes. */
    static List<String> artifacts(List<String> lines) {
        List<String> artifacts = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.replaceAll("\u001b\\[[0-9;]*m", "").strip().split("[ ]")[0].split(":");
            if (parts.length >= 5 && Set.of("jar", "zip").contains(parts[2])) {
                artifacts.add(parts[0] + ":" + parts[1] + ":" + parts[parts.length - 2]);
            }
        }
        return artifacts.stream().distinct().sorted().toList();
    }
}
