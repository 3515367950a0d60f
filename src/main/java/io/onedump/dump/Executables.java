package io.onedump.dump;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the tools. */
final class Executables {

    private static final Path DEBIAN_POSTGRESQL = Path.of("/usr/lib/postgresql");

    private Executables() {
    }

    /**
     * The executable that the request names, or the first of {@code names} that is found.
     *
     * @throws DumpException when there is none
     */
    static String find(DumpRequest request, List<String> names) throws DumpException {
        List<String> wanted = request.executable() == null ? names : List.of(request.executable());
        return wanted.stream().flatMap(name -> find(name).stream()).findFirst()
                .orElseThrow(() -> new DumpException(request.subject() + ": none of " + wanted
                        + " was found on the PATH; install the database's client tools or name the tool with the option"
                        + " executable"));
    }

    /**
     * Makes a dumper write 64 KiB at a time, a whole pipe, where coreutils are installed: on its own it writes 4 KiB,
     * and the switches between it and its reader cost a tenth of a dump's time.
     */
    static List<String> launcher() {
        return find("stdbuf").map(stdbuf -> List.of(stdbuf, "-o64K")).orElse(List.of());
    }

    private static Optional<String> find(String name) {
        if (name.contains("/")) {
            return Optional.of(name).filter(path -> Files.isExecutable(Path.of(path)));
        }
        return folders().stream().map(folder -> folder.resolve(name)).filter(Files::isExecutable)
                .findFirst().map(Path::toString);
    }

    /** The PATH, then the folders where Debian keeps each PostgreSQL version, newest first. */
    private static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN_POSTGRESQL, "[0-9]*")) {
            List<Path> found = new ArrayList<>();
            versions.forEach(found::add);
            found.sort(Comparator.comparing((Path path) -> Float.parseFloat(path.getFileName().toString())).reversed());
            found.forEach(path -> folders.add(path.resolve("bin")));
        } catch (IOException e) {
            // Not a Debian with PostgreSQL.
        }
        return folders;
    }
}
