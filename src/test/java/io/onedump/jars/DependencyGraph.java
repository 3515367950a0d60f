package io.onedump.jars;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** What Maven found that the project's jars need; the build writes it before the integration tests. */
final class DependencyGraph {

    /** An artifact's own name is unique among ours; its jars are those for several platforms. */
    private final Map<String, Set<String>> needs = new HashMap<>();
    private final Set<String> mandatory = new LinkedHashSet<>();
    private final Map<String, List<Path>> jars =
            Arrays.stream(System.getProperty("java.class.path").split(":")).map(Path::of)
                    .filter(jar -> jar.toString().endsWith(".jar"))
                    .collect(Collectors.groupingBy(DependencyGraph::artifact));

    private DependencyGraph(JsonObject root) {
        for (JsonObject dependency : children(root)) {
            if (!Boolean.parseBoolean(dependency.getString("optional"))
                    && "compile".equals(dependency.getString("scope"))) {
                mandatory.add(dependency.getString("artifactId"));
            }
            add(dependency);
        }
    }

    static DependencyGraph read(Path json) {
        try (Reader reader = Files.newBufferedReader(json)) {
            return new DependencyGraph((JsonObject) Jsoner.deserialize(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("run mvn verify, which makes it", e);
        } catch (DeserializationException e) {
            throw new IllegalStateException(json + " is no JSON", e);
        }
    }

    /** The direct dependencies that an application gets without asking. */
    Set<String> mandatory() {
        return mandatory;
    }

    /** The jars of artifacts and of all that they need. */
    Set<Path> closure(Collection<String> artifacts) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(artifacts);
        while (!open.isEmpty()) {
            String next = open.remove();
            if (reached.add(next)) {
                open.addAll(needs.getOrDefault(next, Set.of()));
            }
        }
        return reached.stream().flatMap(artifact -> jars(artifact).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Path> jars(String artifact) {
        List<Path> found = jars.get(artifact);
        if (found == null) {
            throw new IllegalStateException(artifact + " is not on the class path of the tests");
        }
        return found;
    }

    /** What is met again is listed without its own needs, so those of all places are put together. */
    private void add(JsonObject dependency) {
        Set<String> own = needs.computeIfAbsent(dependency.getString("artifactId"), name -> new LinkedHashSet<>());
        for (JsonObject child : children(dependency)) {
            own.add(child.getString("artifactId"));
            add(child);
        }
    }

    private static List<JsonObject> children(JsonObject node) {
        Collection<JsonObject> children = node.getCollection("children");
        return children == null ? List.of() : List.copyOf(children);
    }

    /** In a repository a jar lies in …/artifact/version/. */
    private static String artifact(Path jar) {
        return jar.getParent().getParent().getFileName().toString();
    }
}
