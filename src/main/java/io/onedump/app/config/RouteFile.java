package io.onedump.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file that was read into memory.
 *
 * @param name    its path or address, as messages show it
 * @param content UTF-8
 */
public record RouteFile(String name, byte[] content) {

    /** @throws ConfigurationException when the file cannot be read */
    public static RouteFile read(Path file) {
        try {
            return new RouteFile(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigurationException(Problem.of(file.toString(), "cannot be read: " + e.getMessage()));
        }
    }

    /**
     * The file without the routes that have one of these problems, all others at the lines where they were; empty when
     * no route is left, or a problem is not that of one route.
     */
    Optional<RouteFile> without(Collection<Problem> problems) {
        RouteText text = new RouteText(text());
        Map<String, Integer> routes = text.routes();
        Set<Integer> lines = new TreeSet<>();
        for (Problem problem : problems) {
            boolean here = problem.file().equals(name);
            if (here && problem.line() > 0) {
                lines.add(problem.line());
            } else if (routes.containsKey(problem.route())) {
                lines.add(routes.get(problem.route()));
            } else if (here) {
                return Optional.empty();
            }
        }
        return lines.isEmpty()
                ? Optional.of(this)
                : text.without(lines)
                        .map(good -> new RouteFile(name, good.text().getBytes(StandardCharsets.UTF_8)));
    }

    boolean hasInputs() {
        return new RouteText(text()).hasInputs();
    }

    /** The id of the route that a line is in, or null. */
    String routeAt(int line) {
        return new RouteText(text()).routeAt(line);
    }

    /** The line at which the route with that id begins; 0 when it is not here. */
    int lineOf(String route) {
        return new RouteText(text()).routes().getOrDefault(route, 0);
    }

    private String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** What Camel loads routes from; by the ending of the name it knows the format. */
    public Resource resource(CamelContext context) {
        return ResourceHelper.fromBytes(name, YamlValues.protect(text(), new OptionCatalog(context)::pathOptions)
                .getBytes(StandardCharsets.UTF_8));
    }
}
