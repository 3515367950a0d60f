package io.onedump.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which YAML files a {@code --config} stands for. */
public final class RouteFiles {

    /** What one file is read together with, so that a job run alone retries and tells as it does among the others. */
    static final List<String> SHARED = List.of("errors.camel.yaml", "notify.camel.yaml");

    private static final Pattern NAME = Pattern.compile("[^.]+(\\.camel)?\\.ya?ml");

    private RouteFiles() {
    }

    /**
     * All {@code *.yaml} and {@code *.yml} files of a folder, or one file together with the folder's {@code
     * errors.camel.yaml} and {@code notify.camel.yaml}; of this machine, or of an S3 bucket ({@link S3RouteFiles}).
     *
     * @param  config                 a path, or {@code s3://bucket/key-or-prefix}
     * @return                        in the order of their names
     * @throws ConfigurationException when there is none, or it cannot be read
     */
    public static List<RouteFile> find(String config) {
        return isRemote(config) ? S3RouteFiles.find(config) : find(Path.of(config));
    }

    /** Whether they are not on this machine. */
    public static boolean isRemote(String config) {
        return config.startsWith(S3RouteFiles.SCHEME);
    }

    private static List<RouteFile> find(Path config) {
        List<Path> files = list(config);
        requireNames(files.stream().map(Path::toString).toList());
        return files.stream().map(RouteFile::read).toList();
    }

    /** @throws ConfigurationException naming all files whose names Camel would not take for YAML routes */
    static void requireNames(List<String> files) {
        List<Problem> misnamed = files.stream().filter(file -> !NAME.matcher(nameOf(file)).matches())
                .map(file -> Problem.of(file, "Camel takes what follows the first dot of the name for the file's"
                        + " kind; name it <name>.camel.yaml, without another dot"))
                .toList();
        if (!misnamed.isEmpty()) {
            throw new ConfigurationException(misnamed);
        }
    }

    static boolean isYaml(String file) {
        String name = nameOf(file);
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
    }

    private static String nameOf(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
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
            List<Path> files =
                    entries.filter(file -> isYaml(file.toString()) && Files.isRegularFile(file)).sorted().toList();
            if (files.isEmpty()) {
                throw new ConfigurationException(Problem.of(config.toString(), "no *.camel.yaml file is in this"
                        + " folder"));
            }
            return files;
        } catch (IOException e) {
            throw new ConfigurationException(Problem.of(config.toString(), "cannot be read: " + e.getMessage()));
        }
    }
}
