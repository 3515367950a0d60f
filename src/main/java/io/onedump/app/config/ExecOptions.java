package io.onedump.app.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.onedump.artifact.process.ProgramPath;
import org.apache.camel.support.EndpointHelper;

/** What only the run of a command would find out. */
final class ExecOptions {

    private static final String EXIT_VALUES = "exitValues";
    private static final String FOLDER = "workingDir";

    private ExecOptions() {
    }

    /** @param thorough whether to look for the program and its folder on this machine too */
    static List<Problem> problems(EndpointUse use, Map<String, Object> options, boolean thorough) {
        List<Problem> problems = new ArrayList<>();
        String values = options.getOrDefault(EXIT_VALUES, "").toString();
        if (!values.isBlank() && !Stream.of(values.split(",")).allMatch(value -> value.strip().matches("-?\\d{1,9}"))) {
            problems.add(use.problem(EXIT_VALUES, "'" + values + "' is not a list of exit codes such as 0,1"));
        }
        String place = program(use.endpoint().place());
        if (thorough && !place.contains("{{") && !place.contains("$") && !exists(place, options.get(FOLDER))) {
            problems.add(use.problem("executable", "there is no program '" + place + "' on this machine; correct the"
                    + " name, or install it"));
        }
        if (thorough && options.get(FOLDER) != null && !isFolder(options.get(FOLDER).toString())) {
            problems.add(use.problem(FOLDER, "there is no folder " + options.get(FOLDER) + " on this machine"));
        }
        return problems;
    }

    /** As the component reads it: decoded as a path, and once more as a form. */
    private static String program(String place) {
        try {
            String path = URI.create(EndpointHelper.normalizeEndpointUri(place)).getSchemeSpecificPart()
                    .replaceFirst("^//", "");
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            return place.replaceFirst("^exec:(//)?", "");
        }
    }

    private static boolean exists(String program, Object folder) {
        try {
            return ProgramPath.find(program, List.of()).isPresent()
                    || folder != null && Files.isExecutable(Path.of(folder.toString()).resolve(program));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isFolder(String name) {
        try {
            return Files.isDirectory(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
