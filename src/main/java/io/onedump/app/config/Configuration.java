package io.onedump.app.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What an application is made of.
 *
 * @param place           where the routes are, as the user named it
 * @param routeFiles      in the order of their names
 * @param propertiesFiles what an earlier one says wins
 */
public record Configuration(String place, List<RouteFile> routeFiles, List<Path> propertiesFiles) {

    public Configuration {
        routeFiles = List.copyOf(routeFiles);
        propertiesFiles = List.copyOf(propertiesFiles);
    }

    /** The same without the routes that have one of these problems; equal to this one where none is found by them. */
    public Configuration without(Collection<Problem> problems) {
        return new Configuration(place, routeFiles.stream().flatMap(file -> file.without(problems).stream()).toList(),
                propertiesFiles);
    }

    /** The same with the files and the lines of the routes, where only the routes are known. */
    public ConfigurationException placed(ConfigurationException thrown) {
        ConfigurationException placed =
                new ConfigurationException(thrown.problems().stream().map(this::placed).toList());
        placed.initCause(thrown);
        return placed;
    }

    private Problem placed(Problem problem) {
        if (problem.line() > 0 || problem.route() == null) {
            return problem;
        }
        return routeFiles.stream().filter(file -> file.lineOf(problem.route()) > 0).findFirst()
                .map(file -> new Problem(file.name(), file.lineOf(problem.route()), problem.route(),
                        problem.endpoint(), problem.option(), problem.message()))
                .orElse(problem);
    }

    /** Whether there is more than error handlers, beans, and routes that others call. */
    public boolean hasInputs() {
        return routeFiles.stream().anyMatch(RouteFile::hasInputs);
    }

    /** Whose problem it is: the route's id, or the file's name up to its first dot where it is not one route's. */
    public String owner(Problem problem) {
        return problem.route() != null
                ? problem.route()
                : routeFiles.stream().filter(file -> file.name().equals(problem.file()))
                        .map(file -> file.routeAt(problem.line())).filter(Objects::nonNull).findFirst()
                        .orElse(problem.file().replaceFirst("^.*/(?=[^/]+$)", "").replaceFirst("[.].*", ""));
    }
}
