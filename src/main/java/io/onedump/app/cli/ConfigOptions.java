package io.onedump.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.config.RouteFiles;
import picocli.CommandLine.Option;

/** The options that all commands share which read routes. */
final class ConfigOptions {

    private static final String PROPERTIES = "application.properties";

    @Option(names = "--config", paramLabel = "<path>",
            description = "A folder of route files, or one file;%ns3://bucket/key-or-prefix reads them from S3 with the"
                    + " credentials, region and endpoint of the environment (AWS_...). Default: routes, here or"
                    + " beside the"
                    + " program.")
    private String config;

    @Option(names = "--properties", paramLabel = "<file>",
            description = "Default: application.properties, beside the routes' folder or beside the program.")
    private Path properties;

    @Option(names = "--verbose", description = "Log every decision.")
    private boolean verbose;

    boolean isVerbose() {
        return verbose;
    }

    /** @throws ConfigurationException when there is nothing, or it cannot be read */
    Configuration read() {
        return new Configuration(config(), RouteFiles.find(config()), propertiesFiles());
    }

    private List<Path> propertiesFiles() {
        if (properties != null) {
            if (!Files.isReadable(properties)) {
                throw new ConfigurationException(Problem.of(properties.toString(), "this properties file cannot be"
                        + " read;"
                        + " check the path after --properties"));
            }
            return List.of(properties);
        }
        List<Path> candidates = new ArrayList<>();
        if (!RouteFiles.isRemote(config())) {
            Path folder = Path.of(config()).toAbsolutePath();
            candidates.add((Files.isDirectory(folder) ? folder : folder.getParent()).resolveSibling(PROPERTIES));
        }
        candidates.add(Path.of(PROPERTIES).toAbsolutePath());
        candidates.add(home().resolve(PROPERTIES));
        return candidates.stream().filter(Files::isReadable).distinct().limit(1).toList();
    }

    /** Where the routes are. */
    String config() {
        if (config != null) {
            return config;
        }
        Path here = Path.of("routes");
        return (Files.isDirectory(here) ? here : home().resolve("routes")).toString();
    }

    private static Path home() {
        return Path.of(System.getProperty("onedump.home", ".")).toAbsolutePath();
    }
}
