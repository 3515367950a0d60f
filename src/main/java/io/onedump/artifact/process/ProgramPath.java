package io.onedump.artifact.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs. */
public final class ProgramPath {

    private ProgramPath() {
    }

    /** The first program of that name, or of that path where the name has a slash. */
    public static Optional<String> find(String name, Collection<Path> more) {
        return all(List.of(name), more).stream().findFirst();
    }

    /** All programs of the names, in the names' order and then the folders', each file once. */
    public static List<String> all(Collection<String> names, Collection<Path> more) {
        List<String> found = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            List<Path> candidates = name.contains("/")
                    ? List.of(Path.of(name))
                    : Stream.concat(folders(), more.stream()).map(folder -> folder.resolve(name)).toList();
            for (Path candidate : candidates) {
                Path file = real(candidate);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate) && !files.contains(file)) {
                    files.add(file);
                    found.add(candidate.toString());
                }
            }
        }
        return found;
    }

    /**
     * Makes a program write 64 KiB at a time, a whole pipe, where coreutils are installed: on its own it writes 4 KiB,
     * and the switches between it and its reader cost a tenth of a dump's time.
     */
    public static List<String> largeBlocks() {
        return find("stdbuf", List.of()).map(stdbuf -> List.of(stdbuf, "-o64K")).orElse(List.of());
    }

    private static Stream<Path> folders() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program;
        }
    }
}
