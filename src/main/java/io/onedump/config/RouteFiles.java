package io.onedump.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which YAML files a {@code --config} stands for. */
public final class RouteFiles {

    private static final List<String> SHARED = List.of("errors.camel.yaml", "notify.camel.yaml");

    private static final Pattern NAME = Pattern.compile("[^.]+(\\.camel)?\\.ya?ml");

    private RouteFiles() {
    }

    /**
     * All {@code *.yaml} and {@code *.yml} files of a folder, or one file together with the folder's {@code errors.camel.yaml}
     * and {@code notify.camel.yaml}, so that a job run alone retries and tells as it does among the others.
     *
     * @throws ConfigurationException when there is none
     */
    public static List<Path> find(Path config) {
        List<Path> files = list(config);
        List<Problem> misnamed = files.stream().filter(file -> !NAME.matcher(file.getFileName().toString()).matches())
                .map(file -> Problem.of(file.toString(), "Camel takes what follows the first dot of the name for the file's"
                        + " kind; name it <name>.camel.yaml, without another dot")).toList();
        if (!misnamed.isEmpty()) {
            throw new ConfigurationException(misnamed);
        }
        return files;
    }

    private static List<Path> list(Path config) {
        if (Files.isRegularFile(config)) {
            List<Path> files = new ArrayList<>(List.of(config));
            SHARED.stream().map(config::resolveSibling).filter(Files::isRegularFile)
                    .filter(file -> !file.equals(config)).forEach(files::add);
            return files;
        }
        if (!Files.isDirectory(config)) {
            throw new ConfigurationException(Problem.of(config.toString(),
                    "no such file or folder; name the routes with --config <folder or file>"));
        }
        try (Stream<Path> entries = Files.list(config)) {
            List<Path> files = entries.filter(RouteFiles::isYaml).sorted().toList();
            if (files.isEmpty()) {
                throw new ConfigurationException(Problem.of(config.toString(), "no *.camel.yaml file is in this folder"));
            }
            return files;
        } catch (IOException e) {
            throw new ConfigurationException(Problem.of(config.toString(), "cannot be read: " + e.getMessage()));
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".") && Files.isRegularFile(file);
    }
}
