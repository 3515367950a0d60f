package io.onedump.app.config;

import java.nio.file.Path;
import java.util.List;

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
}
